import { referencesOf } from '#app/modules/segments/tree/evaluate.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';

/** Whether a rule asks for a tag: a segment kept as a tag that it asks for itself would follow itself. */
export function namesTag(rule: SegmentNode, key: string): boolean {
  return referencesOf(rule).some(({ to, id }) => to === 'tag' && id === key);
}

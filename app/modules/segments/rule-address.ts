/** The door from a figure to whom it counts: the customer list with a rule, and a name to save it under. Browser and server. */
import { DEFAULT_SORT, EVERYBODY, listAddress } from './customer-filter.ts';
import { SEGMENT_NAME_LENGTH_MAX, tidyName } from './saved/rules/segment-name.ts';
import type { SegmentNode } from './tree/tree.ts';

const NAME = 'name';

/**
 * The address of the list that shows whom a rule means. "Save as segment" there proposes `name`; the empty text
 * proposes none.
 */
export function ruleAddress(rule: SegmentNode, name = ''): string {
  const place = proposedName(name);
  return listAddress({ ...EVERYBODY, rule }, DEFAULT_SORT, place === '' ? {} : { [NAME]: place });
}

/** The name that the address of a list proposes for a segment. */
export function readProposedName(params: URLSearchParams): string {
  return proposedName(params.get(NAME) ?? '');
}

function proposedName(text: string): string {
  return tidyName(text).slice(0, SEGMENT_NAME_LENGTH_MAX);
}

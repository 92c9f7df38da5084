import { tagKey } from '#app/modules/customers/rules/tag-key.ts';

/** One call at Shopify for one customer. */
export interface TagStep {
  how: 'add' | 'remove';
  tag: string;
}

/**
 * What a job does for each customer, in order. The new tag is added before the old one is removed, so that no one is ever without
 * both; a tag that only changes its case is the same one to Shopify and has to go first.
 */
export function stepsOf(job: { kind: string; tag: string; target: string | null }): TagStep[] {
  if (job.kind === 'add') return [{ how: 'add', tag: job.tag }];
  const remove: TagStep = { how: 'remove', tag: job.tag };
  if (job.target === null) return [remove];
  const add: TagStep = { how: 'add', tag: job.target };
  return tagKey(job.tag) === tagKey(job.target) ? [remove, add] : [add, remove];
}

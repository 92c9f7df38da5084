/**
 * The doors from counts of customers, and from products, to the list of those customers, each with the name that "Save as segment" proposes.
 * A test holds every count that has one against the list. Browser and server.
 */
import { DEFAULT_SORT, EVERYBODY, listAddress } from './customer-filter.ts';
import { ruleAddress } from './rule-address.ts';
import type { ConditionNode } from './conditions/registry.ts';

const oneOf = (code: 'tags' | 'tier' | 'category', value: string): ConditionNode => ({
  kind: 'condition',
  code,
  values: { op: 'anyOf', list: [value] },
});

/** Who has a tag, as a rule. */
export const hasTag = (tagKey: string): ConditionNode => oneOf('tags', tagKey);

/** The customers who have a tag. */
export const tagAddress = (tagKey: string, name: string): string => ruleAddress(hasTag(tagKey), name);

/** The members of a segment who have a tag. */
export const taggedMembersAddress = (segmentId: bigint, tagKey: string): string =>
  listAddress({ ...EVERYBODY, segmentId, rule: hasTag(tagKey) }, DEFAULT_SORT);

/** The customers in a tier. */
export const tierAddress = (tierId: string, name: string): string => ruleAddress(oneOf('tier', tierId), name);

/** The customers in a category; those without one are in the default. */
export const categoryAddress = (categoryId: string, name: string): string =>
  ruleAddress(oneOf('category', categoryId), name);

/** The customers who ever bought a product. */
export const buyersAddress = (productId: string, name: string): string =>
  ruleAddress(
    {
      kind: 'condition',
      code: 'bought',
      values: { op: 'any', goods: { by: 'product', list: [productId] }, period: null },
    },
    name,
  );

/** The customers who are members, or those who aren't. */
export const memberAddress = (isMember: boolean, name: string): string =>
  ruleAddress({ kind: 'condition', code: 'member', values: { op: isMember ? 'yes' : 'no' } }, name);

import type { RootResolver } from '../queries.ts';
import { discountMutations } from './discounts.ts';
import { metafieldsSet } from './metafields.ts';
import { tagsAdd, tagsRemove } from './tags.ts';

/** The fields of `Mutation` that the sandbox knows. */
export const mutations: Record<string, RootResolver> = {
  ...discountMutations,
  metafieldsSet,
  tagsAdd,
  tagsRemove,
};

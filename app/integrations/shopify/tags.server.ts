/** A customer's tags at Shopify, added and removed one by one: other apps and staff have tags there too. */
import { idToGid } from '#app/lib/ids.ts';
import type { AddTagsMutation, RemoveTagsMutation } from '#app/types/admin.generated.d.ts';
import { adminGraphql, firstUserError } from './admin-client.server.ts';
import { ADD_TAGS, REMOVE_TAGS } from './operations/tags.ts';

export type TagsWritten =
  /** `at`: when Shopify last changed the customer, by its own clock. */
  | { outcome: 'written'; at: Date }
  /** The customer was deleted at Shopify. */
  | { outcome: 'gone' }
  /** Permanent: `too_many` tags, or something else Shopify refused. */
  | { outcome: 'refused'; reason: 'too_many' | 'invalid' };

/** Adds tags to a customer; their other tags stay. Can be repeated. Throws UpstreamError. */
export async function addTags(
  shopDomain: string,
  customerId: bigint,
  tags: readonly string[],
): Promise<TagsWritten> {
  const id = idToGid('Customer', customerId);
  const { tagsAdd } = await adminGraphql<AddTagsMutation>(shopDomain, ADD_TAGS, { id, tags });
  return written(tagsAdd);
}

/** Removes tags from a customer, ignoring case. Can be repeated. Throws UpstreamError. */
export async function removeTags(
  shopDomain: string,
  customerId: bigint,
  tags: readonly string[],
): Promise<TagsWritten> {
  const id = idToGid('Customer', customerId);
  const { tagsRemove } = await adminGraphql<RemoveTagsMutation>(shopDomain, REMOVE_TAGS, { id, tags });
  return written(tagsRemove);
}

function written(payload: AddTagsMutation['tagsAdd'] | RemoveTagsMutation['tagsRemove']): TagsWritten {
  const error = firstUserError(payload?.userErrors ?? []);
  const node = payload?.node;
  if (!error && node && 'updatedAt' in node)
    return { outcome: 'written', at: new Date(String(node.updatedAt)) };
  if (!error || error.field === 'id') return { outcome: 'gone' };
  return {
    outcome: 'refused',
    reason: /250|more than|too many/i.test(error.message) ? 'too_many' : 'invalid',
  };
}

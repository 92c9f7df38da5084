import type { Transaction } from '#app/db.server.ts';
import {
  DecodeError,
  optionalTimestamp,
  optionalText,
  readId,
  readList,
  readObject,
} from '#app/lib/decode.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { recordTagChanges } from './record-tags.server.ts';
import type { TagChange } from './rules/tag-changes.ts';

const ADDED = 'customer.tags_added';

/**
 * Processes customer.tags_added and customer.tags_removed events as a set: `{ customerId: gid, tags: [], occurredAt }`. In
 * any order, twice or late. Throws DecodeError.
 */
export async function updateTags(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  await recordTagChanges(tx, events.flatMap(readChanges));
}

function readChanges({ shopId, topic, triggeredAt, payload }: ShopEvent): TagChange[] {
  const source = readObject(payload, 'tags');
  const customerId = readId({ admin_graphql_api_id: source.customerId }, 'tags.customerId');
  const at = optionalTimestamp(source.occurredAt, 'tags.occurredAt') ?? triggeredAt;
  return readList(source.tags, 'tags.tags').map((tag): TagChange => {
    const name = optionalText(tag);
    if (name === null) throw new DecodeError('tags.tags', 'texts');
    return { shopId, customerId, name, isOn: topic === ADDED, at };
  });
}

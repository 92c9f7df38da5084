import type { Customer } from '../../state.ts';
import type { World } from '../../world.ts';

/** The payload of customer.tags_added and customer.tags_removed: only the tags that were added or removed. */
export function customerTagsPayload(world: World, customer: Customer, tags: readonly string[]) {
  return {
    customerId: `gid://shopify/Customer/${customer.id}`,
    tags: [...tags],
    occurredAt: world.instant(),
  };
}

/** Returns what to announce when a customer's tags changed; tags are compared ignoring case. */
export function tagAnnouncements(world: World, customer: Customer, before: readonly string[]) {
  const added = missingIn(customer.tags, before);
  const removed = missingIn(before, customer.tags);
  return [
    ...(removed.length > 0
      ? [{ topic: 'customer.tags_removed', payload: customerTagsPayload(world, customer, removed) }]
      : []),
    ...(added.length > 0
      ? [{ topic: 'customer.tags_added', payload: customerTagsPayload(world, customer, added) }]
      : []),
  ];
}

function missingIn(tags: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map((tag) => tag.toLowerCase()));
  return tags.filter((tag) => !known.has(tag.toLowerCase()));
}

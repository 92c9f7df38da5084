import { tagKey } from '#app/modules/customers/rules/tag-key.ts';

/** A tag that a customer has, or lost, since a time. */
export interface TagChange {
  shopId: bigint;
  customerId: bigint;
  name: string;
  isOn: boolean;
  at: Date;
}

export interface KeyedChange extends TagChange {
  tagKey: string;
}

/** Whether the first change wins over the second: the later does; at the same time the one that adds the tag. */
export function isLater(one: Pick<TagChange, 'at' | 'isOn'>, other: Pick<TagChange, 'at' | 'isOn'>): boolean {
  const difference = one.at.getTime() - other.at.getTime();
  return difference > 0 || (difference === 0 && one.isOn && !other.isOn);
}

/** The last word on each tag of each customer, in one order whatever order they came in. Nameless tags are left out. */
export function lastOfEach(changes: readonly TagChange[]): KeyedChange[] {
  const last = new Map<string, KeyedChange>();
  for (const change of changes) {
    const key = tagKey(change.name);
    if (key === '') continue;
    const mark = `${change.shopId}/${change.customerId}/${key}`;
    const known = last.get(mark);
    if (!known || isLater(change, known)) last.set(mark, { ...change, tagKey: key });
  }
  return [...last.values()];
}

/** All tags of a customer at a time. */
export interface TagSnapshot {
  shopId: bigint;
  customerId: bigint;
  tags: readonly string[];
  at: Date;
}

const SECOND_MS = 1_000;

/**
 * Turns a snapshot into changes: it adds its tags and removes the others that the customer has. Its time is when the
 * customer last changed, in whole seconds: it knows all that happened in that second.
 */
export function changesOfSnapshot(snapshot: TagSnapshot, known: readonly string[]): TagChange[] {
  const { tags, shopId, customerId } = snapshot;
  const at = new Date(Math.floor(snapshot.at.getTime() / SECOND_MS) * SECOND_MS + SECOND_MS - 1);
  const of = { shopId, customerId, at };
  const named = new Set(tags.map(tagKey));
  const gone = known.filter((key) => !named.has(tagKey(key)));
  return [
    ...tags.map((name) => ({ ...of, name, isOn: true })),
    ...gone.map((name) => ({ ...of, name, isOn: false })),
  ];
}

/** The only code that writes customers' tags. Webhooks, staff's changes and syncs all go through here. */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray, timestampArray } from '#app/lib/pg-arrays.ts';
import {
  changesOfSnapshot,
  lastOfEach,
  type KeyedChange,
  type TagChange,
  type TagSnapshot,
} from './rules/tag-changes.ts';
import { tidyTag } from '#app/modules/customers/rules/tag-key.ts';

interface CustomerKey {
  shopId: bigint;
  customerId: bigint;
}

const ENSURE = `
  INSERT INTO customers (shop_id, customer_id)
  SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) ORDER BY 1, 2 ON CONFLICT DO NOTHING`;

/** In order, so that two writers lock the same customers in the same order. A deleted or erased customer has no tags. */
const LOCK = `
  SELECT c.shop_id AS "shopId", c.customer_id AS "customerId" FROM customers c
    JOIN (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS n (shop_id, customer_id)) n USING (shop_id, customer_id)
   WHERE c.state = 'active' ORDER BY 1, 2 FOR NO KEY UPDATE OF c`;

const TAGS_ON = `
  SELECT t.shop_id AS "shopId", t.customer_id AS "customerId", array_agg(t.tag_key) AS keys FROM customer_tags t
    JOIN unnest($1::bigint[], $2::bigint[]) AS n (shop_id, customer_id) USING (shop_id, customer_id)
   WHERE t.is_on GROUP BY 1, 2`;

const NAME = `
  INSERT INTO tags (shop_id, tag_key, name)
  SELECT DISTINCT ON (1, 2) * FROM unnest($1::bigint[], $2::text[], $3::text[]) ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING`;

const upsert = (changedAt: string, condition: string): string => `
  INSERT INTO customer_tags AS t (shop_id, tag_key, customer_id, is_on, changed_at)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bool[], $5::timestamptz[]) ORDER BY 1, 2, 3
  ON CONFLICT (shop_id, tag_key, customer_id) DO UPDATE SET is_on = excluded.is_on, changed_at = ${changedAt}
  WHERE ${condition}`;

/** The later wins, tag by tag; at the same time adding wins (rules/tag-changes.ts). */
const WRITE = upsert(
  'excluded.changed_at',
  '(excluded.changed_at, excluded.is_on) > (t.changed_at, t.is_on)',
);

/** Shopify's clock has whole seconds: its response comes after what is known of the same second. */
const WRITE_ANSWERS = upsert(
  `greatest(excluded.changed_at, t.changed_at + interval '1 millisecond')`,
  `excluded.changed_at >= date_trunc('second', t.changed_at)`,
);

const SHOW = `
  UPDATE customers c SET tags = n.tags FROM (
    SELECT k.shop_id, k.customer_id, coalesce(array_agg(g.name ORDER BY g.tag_key) FILTER (WHERE g.name IS NOT NULL), '{}') AS tags
      FROM (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, customer_id)) k
      LEFT JOIN customer_tags t ON t.shop_id = k.shop_id AND t.customer_id = k.customer_id AND t.is_on
      LEFT JOIN tags g ON g.shop_id = t.shop_id AND g.tag_key = t.tag_key GROUP BY 1, 2) n
  WHERE c.shop_id = n.shop_id AND c.customer_id = n.customer_id AND c.tags IS DISTINCT FROM n.tags`;

/**
 * Stores tags that were added to or removed from customers, in any order and any number of times: the latest change of
 * each tag wins. Unknown customers are created; deleted or erased ones get no tags.
 */
export async function recordTagChanges(tx: Transaction, changes: readonly TagChange[]): Promise<void> {
  if (changes.length === 0) return;
  await writeChanges(tx, changes, await lockCustomers(tx, changes), WRITE);
}

/** As `recordTagChanges`, for Shopify's response to our own changes; `at` is its time of the change. */
export async function recordTagAnswers(tx: Transaction, changes: readonly TagChange[]): Promise<void> {
  if (changes.length === 0) return;
  await writeChanges(tx, changes, await lockCustomers(tx, changes), WRITE_ANSWERS);
}

/**
 * Stores all tags of customers at a time, as Shopify has them: other tags are removed, unless
 * it was given later. Set-based; empty input is fine.
 */
export async function recordTags(tx: Transaction, rows: readonly TagSnapshot[]): Promise<void> {
  if (rows.length === 0) return;
  const active = await lockCustomers(tx, rows);
  const { rows: known } = await tx.query<CustomerKey & { keys: string[] }>(TAGS_ON, keysOf(rows));
  const keys = new Map(known.map((row) => [markOf(row), row.keys]));
  await writeChanges(
    tx,
    rows.flatMap((row) => changesOfSnapshot(row, keys.get(markOf(row)) ?? [])),
    active,
    WRITE,
  );
}

/** Rewrites `customers.tags` of these customers from their tags. */
export async function showTags(tx: Transaction, customers: readonly CustomerKey[]): Promise<void> {
  if (customers.length > 0) await tx.query(SHOW, keysOf(customers));
}

async function lockCustomers(tx: Transaction, of: readonly CustomerKey[]): Promise<Set<string>> {
  await tx.query(ENSURE, keysOf(of));
  const { rows } = await tx.query<CustomerKey>(LOCK, keysOf(of));
  return new Set(rows.map(markOf));
}

async function writeChanges(
  tx: Transaction,
  changes: readonly TagChange[],
  active: ReadonlySet<string>,
  write: string,
): Promise<void> {
  const last = lastOfEach(changes.filter((change) => active.has(markOf(change))));
  if (last.length === 0) return;
  const given = last.filter(({ isOn }) => isOn);
  if (given.length > 0)
    await tx.query(NAME, [shops(given), keysIn(given), given.map(({ name }) => tidyTag(name))]);
  await tx.query(write, [
    shops(last),
    keysIn(last),
    bigintArray(last.map(({ customerId }) => customerId)),
    last.map(({ isOn }) => isOn),
    timestampArray(last.map(({ at }) => at)),
  ]);
  await showTags(tx, last);
}

const shops = (changes: readonly KeyedChange[]): string => bigintArray(changes.map(({ shopId }) => shopId));
const keysIn = (changes: readonly KeyedChange[]): string[] => changes.map((change) => change.tagKey);
const markOf = ({ shopId, customerId }: CustomerKey): string => `${shopId}/${customerId}`;

function keysOf(of: readonly CustomerKey[]): [string, string] {
  return [bigintArray(of.map(({ shopId }) => shopId)), bigintArray(of.map(({ customerId }) => customerId))];
}

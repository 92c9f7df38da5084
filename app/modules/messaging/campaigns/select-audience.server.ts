/** The customers of an audience, and what it is called. */
import type { Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { nameChoices } from '#app/modules/segments/choices.queries.server.ts';
import { readCustomerFilter } from '#app/modules/segments/customer-filter.ts';
import {
  selectCustomers,
  type CustomerSelection,
  type SelectedCustomers,
} from '#app/modules/segments/selection.server.ts';
import { readComputableRule } from '#app/modules/segments/saved/segment-rule.server.ts';
import { chosenOf, type Audience } from './audience.ts';

/** A statement that returns the `customer_id` of each customer of the audience, those left out not among them. */
export async function selectAudience(
  db: Queryable,
  shopId: bigint,
  audience: Audience,
): Promise<SelectedCustomers> {
  // A segment that is gone means no one, and to leave no one out would write to everyone who was to be left out.
  if (await hasUnknownExclusion(db, shopId, audience)) return selectCustomers(db, shopId, { ids: [] });
  let selected = await selectCustomers(db, shopId, selectionOf(audience));
  for (const segment of audience.without) {
    const out = await selectCustomers(db, shopId, {
      filter: readCustomerFilter(new URLSearchParams({ segment })),
    });
    const offset = selected.values.length;
    const shifted = out.sql.replaceAll(/\$(\d+)/g, (_all, place: string) => `$${Number(place) + offset}`);
    selected = {
      sql: `SELECT customer_id FROM (${selected.sql}) a WHERE NOT EXISTS (SELECT 1 FROM (${shifted}) o WHERE o.customer_id = a.customer_id)`,
      values: [...selected.values, ...out.values],
    };
  }
  return selected;
}

/** Whether a segment that the audience leaves out is gone, or can't be computed now. */
export async function hasUnknownExclusion(
  db: Queryable,
  shopId: bigint,
  { without }: Audience,
): Promise<boolean> {
  for (const segment of without)
    if ((await readComputableRule(db, shopId, BigInt(segment))) === null) return true;
  return false;
}

function selectionOf({ filter, ids }: Audience): CustomerSelection {
  return filter === null
    ? { ids: ids.map(BigInt) }
    : { filter: readCustomerFilter(new URLSearchParams(filter)) };
}

/** What the chosen segment, tier or category is called; null for kinds without a choice, and for one that is gone. */
export async function nameAudience(
  db: Queryable,
  shopId: bigint,
  audience: Audience,
): Promise<string | null> {
  const { kind } = audience;
  const chosen = chosenOf(audience);
  if (kind === 'tier' || kind === 'category' || kind === 'shopify') {
    const [choice] = await nameChoices(shopId, kind === 'shopify' ? 'shopify_segment' : kind, [chosen]);
    return choice?.label ?? null;
  }
  if (kind !== 'segment') return null;
  return (await nameSegments(db, shopId, [chosen]))[0] ?? null;
}

/** Names of segments that still exist. */
export async function nameSegments(db: Queryable, shopId: bigint, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    'SELECT name FROM segments WHERE shop_id = $1 AND segment_id = ANY($2::bigint[]) ORDER BY name',
    [shopId, bigintArray(ids.map((id) => BigInt(id || 0)))],
  );
  return rows.map(({ name }) => name);
}

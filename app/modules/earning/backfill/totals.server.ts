/** What a dry run found, in all. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { sha256 } from '#app/lib/ids.ts';
import { z } from 'zod';
import { readClubRules, type ClubRules } from '../rules-in-force.server.ts';
import { storeRules } from '../rules/rules-json.ts';
import type { BackfillKey } from './backfill-rows.server.ts';

const amount = z.string().transform(BigInt);

const totalsSchema = z.object({
  /** Of the rules by which it was computed. */
  rulesHash: z.string(),
  /** Orders that give something, and their customers. */
  earning: z.number(),
  customers: z.number(),
  points: amount,
  credit: amount,
  expiredPoints: amount,
  expiredCredit: amount,
  /** Orders that give nothing, by reason. */
  nothing: z.record(z.string(), z.number()),
});

export type BackfillTotals = z.output<typeof totalsSchema>;

/** Totals from their column; null before there are any. */
export function parseTotals(stored: unknown): BackfillTotals | null {
  return totalsSchema.nullable().parse(stored ?? null);
}

/** What the dry run found; null before it is complete. */
export async function readTotals(db: Queryable, key: BackfillKey): Promise<BackfillTotals | null> {
  const { rows } = await db.query<{ totals: unknown }>(
    'SELECT totals FROM backfills WHERE shop_id = $1 AND backfill_id = $2',
    [key.shopId, key.backfillId],
  );
  return parseTotals(rows[0]?.totals);
}

/** Adds up what was counted, for the `totals` column. */
export async function addUp(
  tx: Transaction,
  key: BackfillKey,
): Promise<Record<string, unknown> & { earning: number }> {
  const parameters = [key.shopId, key.backfillId];
  const { rows } = await tx.query<{ earning: number } & Record<string, string | number>>(
    `SELECT count(*)::int AS earning, count(DISTINCT customer_id)::int AS customers, coalesce(sum(points), 0)::text AS points,
       coalesce(sum(credit), 0)::text AS credit, coalesce(sum(expired_points), 0)::text AS "expiredPoints",
       coalesce(sum(expired_credit), 0)::text AS "expiredCredit"
     FROM backfill_orders WHERE shop_id = $1 AND backfill_id = $2 AND because IS NULL`,
    parameters,
  );
  const { rows: reasons } = await tx.query<{ because: string; orders: number }>(
    `SELECT because, count(*)::int AS orders FROM backfill_orders
     WHERE shop_id = $1 AND backfill_id = $2 AND because IS NOT NULL GROUP BY because`,
    parameters,
  );
  return {
    earning: 0,
    ...rows[0],
    nothing: Object.fromEntries(reasons.map(({ because, orders }) => [because, orders])),
    rulesHash: await rulesHashOf(tx, key.shopId),
  };
}

/** Names what decides what an order earns now, so that a change since the dry run is seen. */
export async function rulesHashOf(db: Queryable, shopId: bigint): Promise<string> {
  const club = (await readClubRules(db, [shopId])).get(shopId);
  return club ? hashOf(club) : '';
}

function hashOf({ rules, trialMode, tiersActive, categories }: ClubRules): string {
  const decides = [storeRules(rules), trialMode, tiersActive, [...categories.off].map(String)];
  return sha256(JSON.stringify(decides));
}

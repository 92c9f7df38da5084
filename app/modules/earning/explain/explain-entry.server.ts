/** Where one entry of the ledger came from and what became of it: all that is stored about it, put together. */
import { pool } from '#app/db.server.ts';
import { readSnapshots, snapshotKey } from '../rules-in-force.server.ts';
import { readLine, type LedgerLine } from '#app/modules/ledger/entries.queries.server.ts';
import type { EarnOffer, EarnProgram, EarnRules } from '../rules/program.ts';

/** How much went from a lot to an entry that took from it. */
export interface Consumption {
  /** The entry at the other end. */
  entryId: bigint;
  kind: string;
  amount: bigint;
  /** What of it came back since. */
  restored: bigint;
  createdAt: Date;
  orderName: string | null;
  expiresAt: Date | null;
}

/** The rule that an order's entry was posted by, as it was then, and the currency of its amounts. */
export type RuleSnapshotCard = { currency: string | null } & (
  { kind: 'program'; program: EarnProgram } | { kind: 'offers'; groupName: string; offers: EarnOffer[] }
);

export interface EntryExplained {
  line: LedgerLine;
  key: string;
  rule: RuleSnapshotCard | null;
  /** What the entry still has to give, if it gave anything; null for one that takes. */
  remaining: bigint | null;
  /** Which lots it took from. */
  takenFrom: Consumption[];
  /** Who took from its lot; at most `CONSUMPTIONS_MAX`, the oldest first. */
  givenTo: Consumption[];
  /** What no lot could give; null when nothing was missing. */
  owed: { amount: bigint; remaining: bigint } | null;
}

/** A lot that fed more entries than this names the first of them. */
export const CONSUMPTIONS_MAX = 100;

/** Explains an entry of this shop, or null when there is none. */
export async function explainEntry(shopId: bigint, entryId: bigint): Promise<EntryExplained | null> {
  const line = await readLine(shopId, entryId);
  if (!line) return null;
  const [stored, takenFrom, givenTo] = await Promise.all([
    readStored(shopId, entryId),
    readConsumptions(shopId, 'spend_entry', 'lot_entry', entryId),
    readConsumptions(shopId, 'lot_entry', 'spend_entry', entryId),
  ]);
  const { key, snapshotId, remaining, debt, debtRemaining } = stored;
  return {
    line,
    key,
    rule: await readRule(shopId, line.rule, snapshotId),
    remaining,
    takenFrom,
    givenTo,
    owed: debt === null ? null : { amount: debt, remaining: debtRemaining ?? 0n },
  };
}

interface Stored {
  key: string;
  snapshotId: bigint | null;
  remaining: bigint | null;
  debt: bigint | null;
  debtRemaining: bigint | null;
}

async function readStored(shopId: bigint, entryId: bigint): Promise<Stored> {
  const { rows } = await pool.query<Stored>(
    `SELECT e.idempotency_key AS key, e.snapshot_id AS "snapshotId", l.remaining, d.amount AS debt, d.remaining AS "debtRemaining"
     FROM ledger_entries e LEFT JOIN ledger_lots l USING (shop_id, entry_id) LEFT JOIN ledger_debts d USING (shop_id, entry_id)
     WHERE e.shop_id = $1 AND e.entry_id = $2`,
    [shopId, entryId],
  );
  return rows[0] ?? { key: '', snapshotId: null, remaining: null, debt: null, debtRemaining: null };
}

/** The consumptions that have `entryId` at one end, with the entry at the other. */
async function readConsumptions(
  shopId: bigint,
  end: 'spend_entry' | 'lot_entry',
  other: 'spend_entry' | 'lot_entry',
  entryId: bigint,
): Promise<Consumption[]> {
  const { rows } = await pool.query<Consumption>(
    `SELECT e.entry_id AS "entryId", e.kind, c.amount, c.restored, e.created_at AS "createdAt", o.name AS "orderName", l.expires_at AS "expiresAt"
     FROM ledger_consumptions c
     JOIN ledger_entries e ON e.shop_id = c.shop_id AND e.entry_id = c.${other}
     LEFT JOIN orders o ON o.shop_id = e.shop_id AND o.order_id = e.order_id
     LEFT JOIN ledger_lots l ON l.shop_id = c.shop_id AND l.entry_id = c.lot_entry
     WHERE c.shop_id = $1 AND c.${end} = $2 ORDER BY c.${other} LIMIT ${CONSUMPTIONS_MAX}`,
    [shopId, entryId],
  );
  return rows;
}

async function readRule(
  shopId: bigint,
  rule: string | null,
  snapshotId: bigint | null,
): Promise<RuleSnapshotCard | null> {
  if (rule === null || snapshotId === null) return null;
  const snapshots = await readSnapshots(pool, [{ shopId, snapshotId }]);
  const rules = snapshots.get(snapshotKey(shopId, snapshotId));
  return rules ? ruleThen(rules, rule) : null;
}

/** Entries of before 0.5.0 name the offer's group. */
function namesOffer(rule: string, { offerId, groupId }: EarnOffer): boolean {
  return rule === `offer:${offerId}` || rule === `offer_group:${groupId}`;
}

function ruleThen({ currency, programs, offers }: EarnRules, rule: string): RuleSnapshotCard | null {
  const program = programs.find(({ programId }) => rule === `program:${programId}`);
  if (program) return { kind: 'program', currency, program };
  const groupId = offers.find((offer) => namesOffer(rule, offer))?.groupId;
  const group = offers.filter((offer) => offer.groupId === groupId);
  const [first] = group;
  return first ? { kind: 'offers', currency, groupName: first.groupName, offers: group } : null;
}

/** What customers bring along from elsewhere: posted once, and taken back as far as it is still there. */
import { ledgerNow, type Transaction } from '#app/db.server.ts';
import type { Unit } from '#app/lib/units.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { openPosting, writePosting } from './post.server.ts';

export interface OpeningBalance {
  shopId: bigint;
  customerId: bigint;
  unit: Unit;
  /** Above zero. */
  amount: bigint;
  /** Exclusive; null: it never expires. */
  expiresAt: Date | null;
  /** Posts once in a shop. */
  key: string;
  /** `staff:<user id>` */
  actor: string;
  note: string;
}

const POSTED = `
  SELECT e.idempotency_key AS key FROM ledger_entries e WHERE e.shop_id = $1 AND e.idempotency_key = ANY ($2::text[])`;

/** Posts opening balances of one shop's customers, who must be active; those that were posted before are left out. */
export async function postOpenings(tx: Transaction, openings: readonly OpeningBalance[]): Promise<void> {
  const [first] = openings;
  if (first === undefined) return;
  const plan = await openPosting(tx, openings, []);
  const { rows } = await tx.query<{ key: string }>(POSTED, [first.shopId, openings.map(({ key }) => key)]);
  const posted = new Set(rows.map(({ key }) => key));
  const effectiveAt = await ledgerNow(tx);
  for (const opening of openings) {
    const { key, actor, note, expiresAt, amount } = opening;
    if (posted.has(key)) continue;
    const terms = { validFrom: effectiveAt, expiresAt, orderId: null };
    plan.earn(opening, 'import', amount, terms, { key, source: 'import', actor, effectiveAt, note });
  }
  await writePosting(tx, plan);
}

const FIND = `
  SELECT e.idempotency_key AS key, e.entry_id AS "entryId", e.customer_id AS "customerId", e.unit, e.amount FROM ledger_entries e
   WHERE e.shop_id = $1 AND e.idempotency_key = ANY ($2::text[])`;

export interface OpeningTaken {
  key: string;
  given: bigint;
  /** Less than was given where part of it was spent, has expired or moved to another customer. */
  taken: bigint;
}

/**
 * Takes back what is left of opening balances: what was spent stays spent. Returns what was posted under these keys and how
 * much of it is gone now; the same keys again take nothing more.
 */
export async function takeBackOpenings(
  tx: Transaction,
  { shopId, keys, actor }: { shopId: bigint; keys: readonly string[]; actor: string },
): Promise<OpeningTaken[]> {
  const { rows } = await tx.query<{
    key: string;
    entryId: bigint;
    customerId: bigint;
    unit: Unit;
    amount: bigint;
  }>(FIND, [shopId, keys]);
  if (rows.length === 0) return [];
  const accounts = rows.map(({ customerId, unit }) => ({ shopId, customerId, unit }));
  const plan = await openPosting(tx, accounts, accounts, { isTakingBack: false });
  const before = await readTaken(
    tx,
    shopId,
    rows.map(({ entryId }) => entryId),
  );
  const effectiveAt = await ledgerNow(tx);
  const taken = rows.map(({ key, entryId, customerId, unit, amount: given }) => {
    const was = before.get(entryId);
    if (was !== undefined) return { key, given, taken: was };
    const account = { shopId, customerId, unit };
    const lot = plan.account(account).lots.find((each) => each.entryId === entryId);
    const remaining = lot?.remaining ?? 0n;
    if (lot && remaining > 0n)
      plan.undoImport(account, lot, {
        key: `${key}:undo`,
        source: 'import',
        actor,
        effectiveAt,
        reason: 'import_undone',
        reverses: entryId,
      });
    return { key, given, taken: remaining };
  });
  await writePosting(tx, plan);
  return taken;
}

async function readTaken(
  tx: Transaction,
  shopId: bigint,
  entryIds: readonly bigint[],
): Promise<Map<bigint, bigint>> {
  const { rows } = await tx.query<{ reverses: bigint; amount: bigint }>(
    `SELECT reverses, -amount AS amount FROM ledger_entries
      WHERE shop_id = $1 AND reverses = ANY ($2::bigint[]) AND kind = 'import'`,
    [shopId, bigintArray(entryIds)],
  );
  return new Map(rows.map(({ reverses, amount }) => [reverses, amount]));
}

/** Staff add to a customer's balance or take from it (F76-F80). */
import { ledgerNow, withTransaction, type Transaction } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { openPosting, writePosting } from './post.server.ts';
import { available, type AccountKey } from './rules/account.ts';
import { kindOfReason, type AdjustReason } from './rules/adjustment.ts';
import type { EntryFacts } from './rules/posting-types.ts';
import type { Unit } from '#app/lib/units.ts';

export interface AdjustInput {
  shopId: bigint;
  customerId: bigint;
  /** Made when the form opens: the same key posts once, however often it is sent. */
  formKey: string;
  reason: AdjustReason;
  unit: Unit;
  /** Above zero, also for a deduction. */
  amount: bigint;
  /** The date that counts. */
  effectiveAt: Date;
  /** What is added can be used from here ... */
  validFrom: Date;
  /** ... until here, exclusive; null when it never expires. A deduction has neither. */
  expiresAt: Date | null;
  orderId: bigint | null;
  note: string;
  /** `staff:<user id>` */
  actor: string;
}

export type AdjustRefusal =
  | { reason: 'unknown_customer' }
  | { reason: 'not_their_order' }
  /** Less can be spent than was to be taken. */
  | { reason: 'insufficient'; available: bigint }
  /** The form's key has already posted something else. */
  | { reason: 'key_reused' };

export type Adjusted =
  { ok: true; entryId: bigint; balanceAfter: bigint; isRepeat: boolean } | ({ ok: false } & AdjustRefusal);

/** Posts the adjustment, or returns why not. Sending the same again returns what the first sending did. */
export async function adjustBalance(input: AdjustInput): Promise<Adjusted> {
  return withTransaction((tx) => adjust(tx, input));
}

async function adjust(tx: Transaction, input: AdjustInput): Promise<Adjusted> {
  const { shopId, customerId, unit, reason, amount } = input;
  if (!(await hasCustomer(tx, shopId, customerId))) return { ok: false, reason: 'unknown_customer' };
  const kind = kindOfReason(reason);
  const account: AccountKey = { shopId, customerId, unit };
  // The account's lock is not enough: the same form sent for another customer locks another account.
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${shopId}/${keyOf(input.formKey)}`,
  ]);
  const plan = await openPosting(tx, [account], kind === 'manual_deduct' ? [account] : []);
  const before = await findPosted(tx, input);
  if (before) return before;
  if (input.orderId !== null && !(await isTheirOrder(tx, input, input.orderId)))
    return { ok: false, reason: 'not_their_order' };
  const now = await ledgerNow(tx);
  if (kind === 'manual_deduct') {
    const free = available(plan.account(account), now);
    if (amount > free) return { ok: false, reason: 'insufficient', available: free };
    plan.spend(account, kind, amount, [now], factsOf(input));
  } else {
    const { validFrom, expiresAt } = input;
    plan.earn(account, kind, amount, { validFrom, expiresAt, orderId: null }, factsOf(input));
  }
  await writePosting(tx, plan);
  const posted = await findPosted(tx, input);
  return posted?.ok ? { ...posted, isRepeat: false } : { ok: false, reason: 'key_reused' };
}

function factsOf(input: AdjustInput): EntryFacts {
  const { formKey, actor, effectiveAt, reason, note, orderId } = input;
  return {
    key: keyOf(formKey),
    source: 'staff',
    actor,
    effectiveAt,
    reason,
    ...(note === '' ? {} : { note }),
    ...(orderId === null ? {} : { orderId }),
  };
}

const keyOf = (formKey: string) => `adjust:${formKey}`;

async function hasCustomer(tx: Transaction, shopId: bigint, customerId: bigint): Promise<boolean> {
  const { rowCount } = await tx.query(
    `SELECT 1 FROM customers WHERE shop_id = $1 AND customer_id = $2 AND state = 'active' AND merged_into IS NULL`,
    [shopId, customerId],
  );
  return rowCount === 1;
}

/** An order is theirs when they placed it, claimed it, or the customer merged into them did. */
async function isTheirOrder(tx: Transaction, input: AdjustInput, orderId: bigint): Promise<boolean> {
  const { rowCount } = await tx.query(
    `SELECT 1 FROM orders o LEFT JOIN customers c ON c.shop_id = o.shop_id AND c.customer_id = coalesce(o.customer_id, o.claimed_by)
     WHERE o.shop_id = $1 AND o.order_id = $2 AND coalesce(c.merged_into, o.customer_id, o.claimed_by) = $3`,
    [input.shopId, orderId, input.customerId],
  );
  return rowCount === 1;
}

/** What the form's key has posted: the first result for the same input, an alarm for any other. */
async function findPosted(tx: Transaction, input: AdjustInput): Promise<Adjusted | null> {
  const { rows } = await tx.query<{ entryId: bigint; balanceAfter: bigint; isSame: boolean }>(
    `SELECT e.entry_id AS "entryId", e.balance_after AS "balanceAfter",
       (e.customer_id, e.unit, e.kind, e.amount, e.reason, e.effective_at) = ($3::bigint, $4::text, $5::text, $6::bigint, $7::text, $8::timestamptz)
         AND e.order_id IS NOT DISTINCT FROM $9::bigint AND coalesce(e.note, '') = $10::text
         AND (l.entry_id IS NULL OR (l.valid_from = $11::timestamptz AND l.expires_at IS NOT DISTINCT FROM $12::timestamptz)) AS "isSame"
     FROM ledger_entries e LEFT JOIN ledger_lots l USING (shop_id, entry_id)
     WHERE e.shop_id = $1 AND e.idempotency_key = $2`,
    [
      input.shopId,
      keyOf(input.formKey),
      input.customerId,
      input.unit,
      kindOfReason(input.reason),
      kindOfReason(input.reason) === 'manual_deduct' ? -input.amount : input.amount,
      input.reason,
      input.effectiveAt,
      input.orderId,
      input.note,
      input.validFrom,
      input.expiresAt,
    ],
  );
  const [row] = rows;
  if (!row) return null;
  const { entryId, balanceAfter, isSame } = row;
  if (isSame) return { ok: true, entryId, balanceAfter, isRepeat: true };
  logger.error(
    { shopId: String(input.shopId), entryId: String(entryId), key: keyOf(input.formKey) },
    'one adjustment key with two inputs',
  );
  return { ok: false, reason: 'key_reused' };
}

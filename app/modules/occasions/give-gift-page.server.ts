/** One page of a day's gifts: the next customers who celebrate, in one transaction. */
import { ledgerNow, type Transaction } from '#app/db.server.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import { available } from '#app/modules/ledger/rules/account.ts';
import { addDays, startOfDay } from '#app/lib/calendar-days.ts';
import {
  celebratedCodes,
  giftAmount,
  giftKey,
  giftReason,
  type GiftKind,
  type GiftTerms,
} from './rules/gifts.ts';
import { isUnit } from '#app/lib/units.ts';

const CUSTOMERS_A_PAGE = 1_000;

/** A celebrated day of a shop. */
export interface GiftRun {
  shopId: bigint;
  kind: GiftKind;
  /** `YYYY-MM-DD`: the birthday itself, even if the gift is given days before. */
  day: string;
  timeZone: string;
}

export interface GiftPage {
  granted: number;
  isLast: boolean;
}

const NOTHING_LEFT: GiftPage = { granted: 0, isLast: true };

/** Posts the gift to the next customers of a run. The gift's settings stay locked, so that two workers never give the same. */
export async function givePage(tx: Transaction, run: GiftRun): Promise<GiftPage> {
  const terms = await lockTerms(tx, run);
  const cursor = terms && (await openRun(tx, run, terms));
  if (!terms || cursor === null) return NOTHING_LEFT;
  const ids = await readPage(tx, run, cursor);
  const candidates = await readCandidates(tx, run, ids, terms);
  const entitled = candidates.filter(({ isWithheld }) => !isWithheld);
  const amounts = await post(
    tx,
    run,
    terms,
    entitled.map(({ customerId }) => customerId),
  );
  const isLast = ids.length < CUSTOMERS_A_PAGE;
  await tx.query(
    `UPDATE gift_runs SET granted = granted + $4, amount = amount + $5, skipped = skipped + $6, cursor = $7,
       finished_at = CASE WHEN $8 THEN ledger_now() END WHERE shop_id = $1 AND kind = $2 AND day = $3`,
    [
      run.shopId,
      run.kind,
      run.day,
      amounts.length,
      amounts.reduce((sum, amount) => sum + amount, 0n),
      candidates.length - amounts.length,
      ids.at(-1) ?? cursor,
      isLast,
    ],
  );
  return { granted: amounts.length, isLast };
}

async function lockTerms(tx: Transaction, { shopId, kind }: GiftRun): Promise<GiftTerms | null> {
  const { rows } = await tx.query<{
    unit: string;
    amount_mode: string;
    amount: bigint;
    percent_bp: number;
    days_before: number;
    expires_days: number;
  }>(
    `SELECT unit, amount_mode, amount, percent_bp, days_before, expires_days FROM gift_settings
     WHERE shop_id = $1 AND kind = $2 AND is_active FOR UPDATE`,
    [shopId, kind],
  );
  const row = rows[0];
  if (!row || !isUnit(row.unit)) return null;
  return {
    unit: row.unit,
    amountMode: row.amount_mode === 'percent' ? 'percent' : 'fixed',
    amount: row.amount,
    percentBp: row.percent_bp,
    daysBefore: row.days_before,
    expiresDays: row.expires_days,
  };
}

/** The last customer that the run processed; null when it is finished. */
async function openRun(tx: Transaction, run: GiftRun, { unit }: GiftTerms): Promise<bigint | null> {
  const { rows } = await tx.query<{ cursor: bigint; is_finished: boolean }>(
    `INSERT INTO gift_runs AS r (shop_id, kind, day, unit, started_at) VALUES ($1, $2, $3, $4, ledger_now())
     ON CONFLICT (shop_id, kind, day) DO UPDATE SET cursor = r.cursor RETURNING cursor, finished_at IS NOT NULL AS is_finished`,
    [run.shopId, run.kind, run.day, unit],
  );
  const row = rows[0];
  return !row || row.is_finished ? null : row.cursor;
}

const DATE_COLUMN: Record<GiftKind, string> = { birthday: 'birth_date', anniversary: 'wedding_date' };

/** Lists the next customers who celebrate, by the indexes customers_birthday and customers_wedding_day. */
async function readPage(tx: Transaction, { shopId, kind, day }: GiftRun, cursor: bigint): Promise<bigint[]> {
  const date = DATE_COLUMN[kind];
  const { rows } = await tx.query<{ customer_id: bigint }>(
    `SELECT c.customer_id FROM unnest($2::int[]) AS celebrated (code) CROSS JOIN LATERAL (
       SELECT customer_id FROM customers WHERE shop_id = $1 AND ${date} IS NOT NULL AND customer_id > $3
         AND (extract(month FROM ${date}) * 100 + extract(day FROM ${date}))::int = celebrated.code
       ORDER BY customer_id LIMIT $4) c ORDER BY 1 LIMIT $4`,
    [shopId, celebratedCodes(day), cursor, CUSTOMERS_A_PAGE],
  );
  return rows.map((row) => row.customer_id);
}

/**
 * Loads the customers of a page without a gift of this year, neither their own nor a merged customer's. They stay
 * locked until the end of the transaction: a merge waits. `isWithheld`: the club is off for their category, the
 * shop is in trial mode and they are not test customers, or the percent of their balance is nothing.
 */
async function readCandidates(
  tx: Transaction,
  { shopId, kind, day }: GiftRun,
  ids: readonly bigint[],
  terms: GiftTerms,
): Promise<{ customerId: bigint; isWithheld: boolean }[]> {
  if (ids.length === 0) return [];
  const granted = `SELECT FROM ledger_entries e WHERE e.shop_id = $1 AND e.idempotency_key`;
  const { rows } = await tx.query<{ customer_id: bigint; is_withheld: boolean }>(
    `SELECT c.customer_id, NOT coalesce(k.loyalty_enabled, true) OR (s.trial_mode AND NOT c.is_trial)
       OR ($5 AND NOT EXISTS (SELECT FROM ledger_accounts a WHERE a.shop_id = $1 AND a.customer_id = c.customer_id AND a.unit = $6
         AND a.balance > 0)) AS is_withheld
     FROM customers c JOIN club_settings s USING (shop_id)
       LEFT JOIN categories d ON d.shop_id = $1 AND d.is_default AND c.category_id IS NULL
       LEFT JOIN categories k ON k.shop_id = $1 AND k.category_id = coalesce(c.category_id, d.category_id)
     WHERE c.shop_id = $1 AND c.customer_id = ANY($2::bigint[]) AND c.state = 'active' AND c.merged_into IS NULL
       AND c.left_at IS NULL AND NOT EXISTS (${granted} = $3 || c.customer_id || $4)
       AND NOT EXISTS (SELECT FROM customers m WHERE m.shop_id = $1 AND m.merged_into = c.customer_id
         AND EXISTS (${granted} = $3 || m.customer_id || $4))
     ORDER BY c.customer_id FOR SHARE OF c`,
    [shopId, ids, `gift:${kind}:`, `:${day.slice(0, 4)}`, terms.amountMode === 'percent', terms.unit],
  );
  return rows.map((row) => ({ customerId: row.customer_id, isWithheld: row.is_withheld }));
}

/** Posts the gifts and returns their amounts. A gift of nothing is not posted. */
async function post(
  tx: Transaction,
  run: GiftRun,
  terms: GiftTerms,
  customerIds: readonly bigint[],
): Promise<bigint[]> {
  const keys = customerIds.map((customerId) => ({ shopId: run.shopId, customerId, unit: terms.unit }));
  if (keys.length === 0) return [];
  const now = await ledgerNow(tx);
  const expiresAt = startOfDay(addDays(run.day, terms.expiresDays + 1), run.timeZone);
  const plan = await openPosting(tx, keys, terms.amountMode === 'percent' ? keys : []);
  const amounts: bigint[] = [];
  for (const key of keys) {
    const base = terms.amountMode === 'percent' ? available(plan.account(key), now) : 0n;
    const amount = giftAmount(terms, base);
    if (amount === 0n) continue;
    const reason = giftReason(terms, base);
    plan.earn(
      key,
      run.kind,
      amount,
      { validFrom: now, expiresAt, orderId: null },
      {
        key: giftKey(run.kind, key.customerId, run.day),
        source: 'job',
        actor: 'gifts',
        effectiveAt: now,
        ...(reason === null ? {} : { reason }),
      },
    );
    amounts.push(amount);
  }
  await writePosting(tx, plan);
  return amounts;
}

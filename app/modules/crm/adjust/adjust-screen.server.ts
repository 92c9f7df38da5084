/** The Adjust screen: the customer, their balances, and the adjustment (F76-F80). */
import { ledgerNow, pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { adjustBalance, type Adjusted } from '#app/modules/ledger/adjust-balance.server.ts';
import { holdUnlessMeant, readGiveBack, readUsualAmount } from '#app/modules/shops/give-back.server.ts';
import { judgeAmount } from '#app/modules/shops/rules/give-back.ts';
import type { CostQuestion } from '#app/lib/cost-question.ts';
import { readAdjustForm } from './adjust-form.ts';
import { readBalances, type Balance } from '#app/modules/ledger/balances.queries.server.ts';
import { addDays, localDay, startOfDay } from '#app/lib/calendar-days.ts';
import { isUuid } from '#app/lib/read-id.ts';
import {
  findCustomers,
  readAdjustedCustomer,
  type AdjustedCustomer,
} from './find-to-adjust.queries.server.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';

/** What the screen shows: a search, or the chosen customer. */
export interface AdjustView {
  query: string;
  /** Null while nothing was searched for. */
  found: CustomerLine[] | null;
  chosen: { customer: AdjustedCustomer; balances: Balance[] } | null;
  /** The shop's calendar day, where the form's dates start. */
  today: string;
  /** How long points of the first program can be used: what is added starts with it. Null when they never expire. */
  lifetimeDays: number | null;
}

interface Shop {
  shopId: bigint;
  currency: string;
  timeZone: string;
}

/** Reads the screen; a customer that is not one of this shop counts as not chosen. */
export async function readAdjustScreen(
  shop: Shop,
  query: string,
  customerId: bigint | null,
): Promise<AdjustView> {
  const { shopId } = shop;
  const [found, customer, balances, lifetimeDays, now] = await Promise.all([
    query === '' || customerId !== null ? null : findCustomers(shopId, query),
    customerId === null ? null : readAdjustedCustomer(shopId, customerId),
    customerId === null ? [] : readBalances(pool, shopId, [customerId]),
    readLifetimeDays(shopId),
    ledgerNow(pool),
  ]);
  const chosen = customer ? { customer, balances } : null;
  return { query, found, chosen, today: localDay(now, shop.timeZone), lifetimeDays };
}

async function readLifetimeDays(shopId: bigint): Promise<number | null> {
  const { rows } = await pool.query<{ days: number | null }>(
    `SELECT (rule->>'lifetimeDays')::int AS days FROM programs WHERE shop_id = $1 AND status = 'active' AND unit = 'POINTS'
     ORDER BY kind = 'spend' DESC, program_id LIMIT 1`,
    [shopId],
  );
  return rows[0]?.days ?? null;
}

export type AdjustAnswer =
  | { ok: true; entryId: bigint; balanceAfter: bigint; isRepeat: boolean }
  | {
      ok: false;
      errors: FieldErrors;
      /** What can be spent, where more than that was to be taken. */
      available?: bigint;
      /** Nothing is saved until its figure comes back as `meant`. */
      question?: CostQuestion;
    };

/** Saves the form as typed, or returns its errors by field. */
export async function saveAdjustment(
  shop: Shop,
  actor: string,
  values: Record<string, unknown>,
  locale: string,
): Promise<AdjustAnswer> {
  const { shopId, currency, timeZone } = shop;
  const today = localDay(await ledgerNow(pool), timeZone);
  const form = readAdjustForm(values, { locale, currency, today });
  if (!form.ok) return form;
  const { customerId, formKey } = values;
  if (typeof customerId !== 'string' || !/^\d{1,18}$/.test(customerId))
    return refused('form', 'unknown_customer');
  if (typeof formKey !== 'string' || !isUuid(formKey)) return refused('form', 'invalid');
  const { effectiveOn, validFromOn, expiresOn, ...draft } = form.draft;
  const [club, usual] = await Promise.all([readGiveBack(pool, shopId), readUsualAmount(shopId, draft.unit)]);
  const held = holdUnlessMeant(judgeAmount(draft.amount, draft.unit, club, usual), values.meant, 'amount');
  if (held) return held;
  const adjusted = await adjustBalance({
    ...draft,
    shopId,
    customerId: BigInt(customerId),
    formKey,
    effectiveAt: startOfDay(effectiveOn, timeZone),
    validFrom: startOfDay(validFromOn, timeZone),
    // Exclusive: what ends "on a day" can be used until its last second.
    expiresAt: expiresOn === null ? null : startOfDay(addDays(expiresOn, 1), timeZone),
    actor,
  });
  return adjusted.ok ? adjusted : refusalOf(adjusted);
}

function refusalOf(refusal: Extract<Adjusted, { ok: false }>): AdjustAnswer {
  switch (refusal.reason) {
    case 'insufficient':
      return { ...refused('amount', 'insufficient'), available: refusal.available };
    case 'not_their_order':
      return refused('orderId', refusal.reason);
    case 'unknown_customer':
    case 'key_reused':
      return refused('form', refusal.reason);
  }
}

function refused(field: string, code: FieldErrors[string]['code']): { ok: false; errors: FieldErrors } {
  return { ok: false, errors: { [field]: { code } } };
}

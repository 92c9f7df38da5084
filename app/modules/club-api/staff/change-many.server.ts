/** One change for many customers chosen in Shopify's list: points, their category, a percent of their own. */
import type { StaffBulkAnswer, StaffBulkForm } from '../../../../extensions/shared/staff-api.ts';
import { ledgerNow, pool, withTransaction } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { sha256 } from '#app/lib/ids.ts';
import { currencyDigits } from '#app/lib/money.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { readAdjustForm } from '#app/modules/crm/adjust/adjust-form.ts';
import { saveAdjustment } from '#app/modules/crm/adjust/adjust-screen.server.ts';
import { setPercents } from '#app/modules/crm/list/set-percents.server.ts';
import { storeTermsOf } from '#app/modules/customers/store-terms.server.ts';
import { ADJUST_REASONS, NEEDS_ORDER } from '#app/modules/ledger/rules/adjustment.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { holdUnlessMeant, readGiveBack, readUsualAmount } from '#app/modules/shops/give-back.server.ts';
import { judgeAmount, judgeMany, worthOf } from '#app/modules/shops/rules/give-back.ts';
import { BULK_CUSTOMERS_MAX, type BulkInput } from './staff-requests.ts';
import type { StaffShop } from './staff-shop.server.ts';
import { toStaffErrors, toStaffQuestion } from './staff-views.ts';

/** Reads what the form offers. */
export async function readBulkForm({ shopId, currency, timeZone }: StaffShop): Promise<StaffBulkForm> {
  const [{ rows }, now] = await Promise.all([
    pool.query<{ id: string; name: string }>(
      'SELECT category_id::text AS id, name FROM categories WHERE shop_id = $1 ORDER BY position, category_id',
      [shopId],
    ),
    ledgerNow(pool),
  ]);
  return {
    today: localDay(now, timeZone),
    currency,
    currencyDigits: currencyDigits(currency),
    categories: rows,
    // One order is not that of many customers.
    reasons: ADJUST_REASONS.filter((reason) => reason !== NEEDS_ORDER),
    customersMax: BULK_CUSTOMERS_MAX,
  };
}

/** Makes the change; sent again it changes nothing more. Customers that it cannot be made for are counted. */
export async function changeMany(shop: StaffShop, input: BulkInput, actor: string): Promise<StaffBulkAnswer> {
  switch (input.what) {
    case 'points':
      return adjustMany(shop, input, actor);
    case 'category':
      return moveMany(shop, input, actor);
    case 'percent':
      return percentMany(shop, input, actor);
  }
}

type Of<What> = Extract<BulkInput, { what: What }>;

/**
 * Each adjustment is one of its own in the ledger, with a key of its own that is the same for the same form. What many get
 * together is judged before the first of them gets it.
 */
async function adjustMany(shop: StaffShop, input: Of<'points'>, actor: string): Promise<StaffBulkAnswer> {
  const { currency, timeZone } = shop;
  const { formKey, locale, reason, amount, expiresOn, note } = input;
  const today = localDay(await ledgerNow(pool), timeZone);
  const typed = {
    ...{ reason, unit: 'POINTS', amount, note, orderId: '', expiresOn },
    ...{ effectiveOn: today, validFromOn: today, lifetime: expiresOn === '' ? 'never' : 'until' },
  };
  const form = readAdjustForm(typed, { locale, currency, today });
  if (!form.ok) return { ok: false, errors: toStaffErrors(form.errors) };
  const customerIds = new Set(input.customerIds);
  const held = await holdMany(shop, form.draft.amount, customerIds.size, input.meant);
  if (held) return held;
  const left: Record<string, number> = {};
  let changed = 0;
  for (const customerId of customerIds) {
    const whose = { customerId: customerId.toString(), formKey: keyFor(formKey, customerId) };
    const values = { ...typed, ...whose, meant: form.draft.amount.toString() };
    const answer = await saveAdjustment(shop, actor, values, locale);
    if (answer.ok) changed += 1;
    else {
      const errors = toStaffErrors(answer.errors);
      const why = reasonToLeave(errors);
      // What was typed is wrong: it would be for each of them.
      if (why === null) return { ok: false, errors };
      left[why] = (left[why] ?? 0) + 1;
    }
  }
  return { ok: true, changed, left };
}

/** Asks before many get what would be asked about for one of them, or much together. */
async function holdMany(
  { shopId, currency }: StaffShop,
  amount: bigint,
  customers: number,
  meant: string | undefined,
): Promise<Extract<StaffBulkAnswer, { ok: false }> | null> {
  const [club, usual] = await Promise.all([readGiveBack(pool, shopId), readUsualAmount(shopId, 'POINTS')]);
  const worthMinor = worthOf(amount, 'POINTS', club.rate) * BigInt(customers);
  const large = judgeAmount(amount, 'POINTS', club, usual).is === 'fine' ? 0 : customers;
  const held = holdUnlessMeant(judgeMany({ customers, worthMinor, large }, currency), meant, 'amount');
  if (!held?.question) return null;
  const question = { ...toStaffQuestion(held.question, currency), usual: usual?.toString() ?? null };
  return { ok: false, errors: {}, question };
}

function reasonToLeave({ form, amount }: Record<string, string>): string | null {
  if (form === 'unknown_customer') return form;
  return amount === 'insufficient' ? amount : null;
}

/** A UUID made of the form's and the customer's. */
function keyFor(formKey: string, customerId: bigint): string {
  const hex = sha256(`${formKey}/${customerId}`);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

async function moveMany(shop: StaffShop, input: Of<'category'>, actor: string): Promise<StaffBulkAnswer> {
  const { shopId } = shop;
  const { categoryId, customerIds } = input;
  return withTransaction(async (tx): Promise<StaffBulkAnswer> => {
    const category = await tx.query(
      'SELECT 1 FROM categories WHERE shop_id = $1 AND category_id = $2 FOR SHARE',
      [shopId, categoryId],
    );
    if (category.rowCount === 0) return { ok: false, errors: { categoryId: 'gone' } };
    const { rows } = await tx.query<{ customerId: bigint }>(
      `SELECT customer_id AS "customerId" FROM customers WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])
         AND state = 'active' AND merged_into IS NULL ORDER BY customer_id`,
      [shopId, bigintArray(customerIds)],
    );
    await storeTermsOf(
      tx,
      shopId,
      rows.map(({ customerId }) => ({ customerId, categoryId })),
      actor,
    );
    // A category with the club off keeps its customers out of tiers.
    await queueEvaluation(
      tx,
      rows.map(({ customerId }) => ({ shopId, customerId })),
    );
    if (rows.length > 0) await wakeTask(tx, 'write-prices');
    return { ok: true, changed: rows.length, left: leftOut(new Set(customerIds).size - rows.length) };
  });
}

const leftOut = (count: number): Record<string, number> => (count > 0 ? { unknown_customer: count } : {});

async function percentMany(shop: StaffShop, input: Of<'percent'>, actor: string): Promise<StaffBulkAnswer> {
  const { customerIds, discount, discountFrom, discountUntil, discountNote } = input;
  const selection = { ids: customerIds.map(String) };
  const values = { intent: 'percent', selection, discount, discountFrom, discountUntil, discountNote };
  const answer = await setPercents(shop.shopId, values, actor);
  if (!answer.ok) return { ok: false, errors: toStaffErrors(answer.errors) };
  const { changed, notAllowed } = answer;
  return { ok: true, changed, left: notAllowed > 0 ? { not_allowed: notAllowed } : {} };
}

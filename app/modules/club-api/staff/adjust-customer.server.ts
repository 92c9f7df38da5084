/** Adjusting a balance from Shopify's customer page (F76-F80): the form's choices, and what the app's own page does with it. */
import type { StaffAdjustAnswer, StaffAdjustForm } from '../../../../extensions/shared/staff-api.ts';
import { currencyDigits } from '#app/lib/money.ts';
import { readAdjustScreen, saveAdjustment } from '#app/modules/crm/adjust/adjust-screen.server.ts';
import {
  ADJUST_REASONS,
  MAY_HAVE_ORDER,
  NEEDS_ORDER,
  REMOVE_REASONS,
} from '#app/modules/ledger/rules/adjustment.ts';
import { isHeldBack } from '#app/modules/redemptions/spending.ts';
import { UNITS } from '#app/lib/units.ts';
import type { Staff } from '#app/modules/shops/staff.server.ts';
import type { StaffShop } from './staff-shop.server.ts';
import { toPerson, toStaffErrors, toStaffQuestion } from './staff-views.ts';

/** Reads what the form needs; null for a customer whose balance cannot be changed. */
export async function readAdjustForm(
  shop: StaffShop,
  customerId: bigint,
  staff: Staff,
): Promise<StaffAdjustForm | null> {
  const { chosen, today } = await readAdjustScreen(shop, '', customerId);
  if (!chosen) return null;
  return {
    person: toPerson(chosen.customer),
    currency: shop.currency,
    currencyDigits: currencyDigits(shop.currency),
    today,
    units: UNITS.filter((unit) => !isHeldBack(shop.club, unit)),
    available: chosen.balances.map(({ unit, available }) => ({ unit, units: available.toString() })),
    reasons: [...ADJUST_REASONS],
    removes: [...REMOVE_REASONS],
    needsOrder: [NEEDS_ORDER],
    mayHaveOrder: [...MAY_HAVE_ORDER],
    orders: chosen.customer.orders.map(({ orderId, name, processedAt }) => ({
      id: orderId.toString(),
      name: name ?? orderId.toString(),
      at: processedAt.toISOString(),
    })),
    staff: staff.name,
  };
}

/** Posts the form as typed, in the name of the member of staff. */
export async function adjustCustomer(
  shop: StaffShop,
  staff: Staff,
  { locale, ...values }: Record<string, string> & { locale: string },
): Promise<StaffAdjustAnswer> {
  const answer = await saveAdjustment(shop, staff.actor, values, locale);
  if (answer.ok) return { ok: true, balanceAfter: answer.balanceAfter.toString() };
  const available = answer.available?.toString();
  return {
    ok: false,
    errors: toStaffErrors(answer.errors),
    ...(available === undefined ? {} : { available }),
    ...(answer.question ? { question: toStaffQuestion(answer.question, shop.currency) } : {}),
  };
}

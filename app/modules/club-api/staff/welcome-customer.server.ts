/** A walk-in at the till joins the club by phone (F9): their record is found, or created at Shopify and here. */
import type { WelcomeAnswer } from '../../../../extensions/shared/staff-api.ts';
import { ledgerNow, pool } from '#app/db.server.ts';
import { findCreated } from '#app/integrations/shopify/customers.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { readPhone } from '#app/lib/phone.ts';
import { findDuplicates } from '#app/modules/crm/form/find-duplicates.server.ts';
import { EMPTY_RECORD } from '#app/modules/crm/form/form-values.ts';
import { saveCustomer } from '#app/modules/crm/form/save-customer.server.ts';
import { storeSaved } from '#app/modules/crm/form/store-saved.server.ts';
import { joinClub } from '#app/modules/membership/join-club.server.ts';
import type { WelcomeInput } from './staff-requests.ts';
import type { StaffShop } from './staff-shop.server.ts';

/**
 * Returns the customer with this phone as a member. One whom the shop has, here or at Shopify only, is never created a
 * second time; the same key creates one customer however often it is sent.
 */
export async function welcomeCustomer(
  shop: StaffShop,
  input: WelcomeInput,
  actor: string,
): Promise<WelcomeAnswer> {
  const read = readPhone(input.phone, [shop.country]);
  if (!read.ok) return { ok: false, reason: 'refused', field: 'phone' };
  const { phone } = read;
  const [known] = await findDuplicates(shop, new URLSearchParams({ phone }));
  if (known) return join(shop, known.customerId, false);
  const saved = await saveCustomer(shop, null, await formOf(shop, { ...input, phone }), { actor });
  if (saved.ok) return join(shop, saved.customerId, true);
  if (saved.errors.phone?.code === 'taken') return adopt(shop, phone, actor);
  return toRefusal(saved.errors);
}

async function join(shop: StaffShop, customerId: bigint, isNew: boolean): Promise<WelcomeAnswer> {
  const joined = await joinClub(shop.shopId, customerId, 'staff');
  return joined.ok
    ? { ok: true, customerId: customerId.toString(), isNew }
    : { ok: false, reason: 'refused', field: 'form' };
}

async function formOf(shop: StaffShop, input: WelcomeInput): Promise<Record<string, string>> {
  const { key, phone, firstName, lastName, smsConsent } = input;
  const person = { formKey: key, phone, firstName, lastName };
  if (!smsConsent) return person;
  const today = localDay(await ledgerNow(pool), shop.timeZone);
  return { ...person, smsConsent: 'subscribed', smsConsentOn: today, smsConsentSource: 'in_store' };
}

/** Shopify has a customer with this phone of whom nothing has arrived here yet. */
async function adopt(shop: StaffShop, phone: string, actor: string): Promise<WelcomeAnswer> {
  try {
    const found = await findCreated(shop.domain, { email: null, phone }, new Date(0));
    if (!found) return { ok: false, reason: 'refused', field: 'phone' };
    await storeSaved({
      shopId: shop.shopId,
      ...found,
      actor,
      before: EMPTY_RECORD,
      draft: { fields: { phone } },
      consentAt: { sms: null, email: null },
      allowsDiscount: false,
      isNew: false,
    });
    return await join(shop, found.customerId, false);
  } catch (error) {
    if (error instanceof UpstreamError) return { ok: false, reason: 'unreachable', field: 'form' };
    throw error;
  }
}

function toRefusal(errors: FieldErrors): WelcomeAnswer {
  const [field = 'form'] = Object.keys(errors);
  const code = errors[field]?.code;
  const isAway = code === 'not_saved' || code === 'partly_saved';
  return { ok: false, reason: isAway ? 'unreachable' : 'refused', field };
}

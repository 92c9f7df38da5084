/** A customer's own dates and consents, through the form that staff use: first at Shopify, then here. */
import type { ProfileAnswer, ProfileRequest } from '../../../../extensions/shared/account-api.ts';
import { ledgerNow, pool } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { saveCustomer } from '#app/modules/crm/form/save-customer.server.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import { readProfile } from './read-account.server.ts';

/** Who changed it, where the customer's history says so. */
const ACTOR = 'shopper';

/** Where the consent was given. */
const SOURCE = 'website';

/**
 * Saves what the customer says of themselves. A day that is set stays: gifts are given on it, and only the shop changes it.
 */
export async function saveProfile(
  { shopId, domain, timeZone, country }: Club,
  customerId: bigint,
  request: ProfileRequest,
): Promise<ProfileAnswer> {
  const profile = await readProfile(shopId, customerId);
  if (!profile) return { ok: false, reason: 'not_saved', field: 'form' };
  const { birthDate, weddingDate, sms, email } = request;
  if (birthDate !== undefined && profile.birthDate !== null && birthDate !== profile.birthDate)
    return { ok: false, reason: 'already_set', field: 'birthDate' };
  if (weddingDate !== undefined && profile.weddingDate !== null && weddingDate !== profile.weddingDate)
    return { ok: false, reason: 'already_set', field: 'weddingDate' };
  const today = localDay(await ledgerNow(pool), timeZone);
  const values = {
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(weddingDate === undefined || !profile.asksWeddingDate ? {} : { weddingDate }),
    ...(sms === undefined || sms === profile.sms
      ? {}
      : { smsConsent: sms, smsConsentOn: today, smsConsentSource: SOURCE }),
    ...(email === undefined || email === profile.email
      ? {}
      : { emailConsent: email, emailConsentOn: today, emailConsentSource: SOURCE }),
  };
  const shop = { shopId, domain, timeZone, country };
  const saved = await saveCustomer(shop, customerId, values, { actor: ACTOR });
  if (!saved.ok) return toRefusal(saved.errors);
  const now = await readProfile(shopId, customerId);
  return now ? { ok: true, profile: now } : { ok: false, reason: 'not_saved', field: 'form' };
}

/** The form's fields under the names of the request. */
const FIELDS: Record<string, string> = { smsConsent: 'sms', emailConsent: 'email' };

function toRefusal(errors: FieldErrors): ProfileAnswer {
  const [entry] = Object.entries(errors);
  const [field = 'form', error] = entry ?? [];
  const code = error?.code ?? '';
  const reason = code.startsWith('needs_') ? 'needs_contact' : field === 'form' ? 'not_saved' : 'invalid';
  return { ok: false, reason, field: FIELDS[field] ?? field };
}

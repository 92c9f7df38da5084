/** Records of a customer in the shapes of extensions/shared/account-api.ts. */
import type {
  AccountEntry,
  AccountLot,
  AccountProfile,
  ConsentState,
} from '../../../../extensions/shared/account-api.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import type { FormRules, KnownCustomer } from '#app/modules/crm/form/known-customer.server.ts';
import type { OpenLot } from '#app/modules/crm/profile/read-lots.server.ts';
import type { Consent } from '#app/modules/customers/rules/customer-record.ts';
import { entryLineOf } from '#app/modules/earning/rules/entry-line.ts';
import type { EntryRow } from '#app/modules/ledger/balances.queries.server.ts';

/** Returns a lot as its customer sees it. */
export function toLotView(lot: OpenLot, timeZone: string): AccountLot {
  return {
    id: lot.entryId.toString(),
    unit: lot.unit,
    remaining: lot.remaining.toString(),
    usableFrom: localDay(lot.validFrom, timeZone),
    lastDay: toLastDay(lot.expiresAt, timeZone),
    isPending: lot.isPending,
    order: lot.orderName,
  };
}

/** Returns a movement as its customer sees it: without the staff's note and without who posted it. */
export function toEntryView(entry: EntryRow, timeZone: string): AccountEntry {
  const isPayment = entry.kind === 'redeem' && entry.redemptionKind !== 'payout';
  return {
    id: entry.entryId.toString(),
    at: entry.createdAt.toISOString(),
    unit: entry.unit,
    amount: entry.amount.toString(),
    line: entryLineOf(entry),
    order: entry.orderName,
    code: isPayment ? entry.code : null,
    reward: entry.rewardName,
    program: entry.programName,
    usableFrom:
      entry.validFrom && entry.validFrom > entry.createdAt ? localDay(entry.validFrom, timeZone) : null,
    lastDay: toLastDay(entry.expiresAt, timeZone),
  };
}

/** Expiry is exclusive: the moment before is on the last day. */
const toLastDay = (expiresAt: Date | null, timeZone: string): string | null =>
  expiresAt && localDay(new Date(expiresAt.getTime() - 1), timeZone);

/** Returns what a customer may see and say of themselves. */
export function toProfileView({ record }: KnownCustomer, rules: FormRules): AccountProfile {
  return {
    birthDate: record.birthDate,
    weddingDate: rules.asksWeddingDate ? record.weddingDate : null,
    asksWeddingDate: rules.asksWeddingDate,
    sms: toConsent(record.smsConsent),
    email: toConsent(record.emailConsent),
    hasPhone: record.phone !== null,
    hasEmail: record.email !== null,
  };
}

const toConsent = (consent: Consent | null): ConsentState =>
  consent === null || consent === 'not_subscribed' ? 'none' : consent;

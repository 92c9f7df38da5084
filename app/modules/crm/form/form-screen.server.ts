/** The screens that add and edit a customer. */
import { ledgerNow, pool } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { listPercentChanges, type PercentChange } from '#app/modules/customers/store-terms.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import type { CustomerRecord } from '#app/modules/customers/rules/customer-record.ts';
import { readNumberOptOut, type NumberOptOut } from '#app/modules/messaging/consent/number-opt-out.server.ts';
import { EMPTY_RECORD, NO_OWN_FIELDS, type OwnFields } from './form-values.ts';
import { readFormRules, readKnownCustomer, type FormRules } from './known-customer.server.ts';

export interface FormView {
  /** Null for a new customer. */
  customerId: bigint | null;
  record: CustomerRecord;
  own: OwnFields;
  maskedNationalId: string | null;
  rules: FormRules;
  /** The latest changes of the customer's own percent. */
  percentChanges: (Omit<PercentChange, 'actor'> & { changedBy: string | null })[];
  /** The opt-out of the customer's number. */
  smsOptOut: NumberOptOut | null;
  /** The shop's, where a new address starts. */
  country: string | null;
  /** The shop's calendar day. */
  today: string;
}

interface Shop {
  shopId: bigint;
  timeZone: string;
  country: string | null;
}

/** The empty form. */
export async function readNewForm(shop: Shop): Promise<FormView> {
  const [rules, now] = await Promise.all([readFormRules(shop.shopId), ledgerNow(pool)]);
  return {
    customerId: null,
    record: EMPTY_RECORD,
    own: NO_OWN_FIELDS,
    maskedNationalId: null,
    rules,
    percentChanges: [],
    smsOptOut: null,
    country: shop.country,
    today: localDay(now, shop.timeZone),
  };
}

/** Reads the form of a customer, with the fields that the shop has turned on; null for one that cannot be changed. */
export async function readEditForm(shop: Shop, customerId: bigint): Promise<FormView | null> {
  const [empty, known] = await Promise.all([readNewForm(shop), readKnownCustomer(shop.shopId, customerId)]);
  if (!known) return null;
  const { asksSensitive, asksWeddingDate } = empty.rules;
  const { record, ...rest } = known;
  const [percentChanges, smsOptOut] = await Promise.all([
    readPercentChanges(shop.shopId, customerId),
    readNumberOptOut(pool, shop.shopId, record.phone),
  ]);
  return {
    ...empty,
    ...rest,
    percentChanges,
    smsOptOut,
    record: {
      ...record,
      weddingDate: asksWeddingDate ? record.weddingDate : null,
      housing: asksSensitive ? record.housing : null,
      weightGrams: asksSensitive ? record.weightGrams : null,
      heightMm: asksSensitive ? record.heightMm : null,
    },
  };
}

async function readPercentChanges(shopId: bigint, customerId: bigint): Promise<FormView['percentChanges']> {
  const changes = await listPercentChanges(pool, shopId, customerId);
  const names = await staffNames(
    shopId,
    changes.map(({ actor }) => actor),
  );
  return changes.map(({ actor, ...change }) => ({ ...change, changedBy: names.get(actor) ?? null }));
}

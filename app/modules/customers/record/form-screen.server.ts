/** The screens that add and edit a customer. */
import { clubNow, pool } from '#app/db.server.ts';
import { localDay } from '#app/modules/loyalty/rules/days.ts';
import type { CustomerRecord } from '../rules/customer-record.ts';
import { EMPTY_RECORD, NO_OWN_FIELDS, type OwnFields } from './form-values.ts';
import { readFormRules, readKnownCustomer, type FormRules } from './known-customer.server.ts';

export interface FormView {
  /** Null for a new customer. */
  customerId: bigint | null;
  record: CustomerRecord;
  own: OwnFields;
  maskedNationalId: string | null;
  rules: FormRules;
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
  const [rules, now] = await Promise.all([readFormRules(shop.shopId), clubNow(pool)]);
  return {
    customerId: null,
    record: EMPTY_RECORD,
    own: NO_OWN_FIELDS,
    maskedNationalId: null,
    rules,
    country: shop.country,
    today: localDay(now, shop.timeZone),
  };
}

/** The form of a customer, without fields that the shop does not ask for; null for one whom nobody can change. */
export async function readEditForm(shop: Shop, customerId: bigint): Promise<FormView | null> {
  const [empty, known] = await Promise.all([readNewForm(shop), readKnownCustomer(shop.shopId, customerId)]);
  if (!known) return null;
  const { asksSensitive, asksWeddingDate } = empty.rules;
  const { record, ...rest } = known;
  return {
    ...empty,
    ...rest,
    record: {
      ...record,
      weddingDate: asksWeddingDate ? record.weddingDate : null,
      housing: asksSensitive ? record.housing : null,
      weightGrams: asksSensitive ? record.weightGrams : null,
      heightMm: asksSensitive ? record.heightMm : null,
    },
  };
}

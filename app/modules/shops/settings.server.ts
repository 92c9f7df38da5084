import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { moneyText, wholeText } from '#app/lib/form-fields.ts';
import { isStorableDay } from '#app/lib/storable.ts';
import { DEFAULT_LIFECYCLE } from './rules/lifecycle-settings.ts';

/** The merchant's settings for the club as a whole. Money in minor units of the shop's currency. */
export interface ClubSettings {
  /** If empty, the shop's name is used. */
  clubTitle: string;
  /** Orders before this day earn nothing; `YYYY-MM-DD` in the shop's time zone. */
  startsOn: string | null;
  redemptionEnabled: boolean;
  /** This number of units is worth `redemptionRateMinor`. */
  redemptionRateUnits: bigint;
  redemptionRateMinor: bigint;
  redemptionMinimumUnits: bigint;
  redemptionTtlMinutes: number;
  combinesWithOrder: boolean;
  combinesWithProduct: boolean;
  combinesWithShipping: boolean;
  refundShortfall: 'debt' | 'write_off';
  refundTakesFromAllLots: boolean;
  restoreMinimumDays: number;
  /** Plans a message for every change of a customer's balance (F94). */
  messageOnChange: boolean;
  /** The online promotion (F95b) shown at checkout; empty for none. */
  bannerText: string;
  /** Credit may be paid out as Shopify store credit. */
  payoutActive: boolean;
  /** Trial mode: rules apply to test customers only (F124). */
  trialMode: boolean;
  /** Who is new, regular or lapsed (F22-F24): see `LifecycleSettings`. */
  newCustomerDays: number;
  regularDays: number;
  lapsedOrders: number;
  lapsedDays: number;
  /** Customer value is calculated over this number of months. */
  lifetimeMonths: number;
  /** Whether national ID and wedding date are collected and shown (C10). */
  sensitiveFields: boolean;
}

/** A new shop's settings; the same values as the columns' defaults in the first migration. */
export const DEFAULT_SETTINGS: ClubSettings = {
  clubTitle: '',
  startsOn: null,
  redemptionEnabled: true,
  redemptionRateUnits: 1n,
  redemptionRateMinor: 10_000n,
  redemptionMinimumUnits: 1n,
  redemptionTtlMinutes: 120,
  combinesWithOrder: false,
  combinesWithProduct: true,
  combinesWithShipping: true,
  refundShortfall: 'debt',
  refundTakesFromAllLots: true,
  restoreMinimumDays: 7,
  messageOnChange: false,
  bannerText: '',
  payoutActive: false,
  trialMode: false,
  newCustomerDays: DEFAULT_LIFECYCLE.newDays,
  regularDays: DEFAULT_LIFECYCLE.regularDays,
  lapsedOrders: DEFAULT_LIFECYCLE.lapsedOrders,
  lapsedDays: DEFAULT_LIFECYCLE.lapsedDays,
  lifetimeMonths: 36,
  sensitiveFields: false,
};

const CLUB_TITLE_CHARACTERS_MAX = 40;
const BANNER_CHARACTERS_MAX = 200;
const TTL_MINUTES_MIN = 10;
const TTL_MINUTES_MAX = 7 * 24 * 60;
const RESTORE_DAYS_MAX = 365;
const UNITS_MAX = 1_000_000_000;
const GROUP_DAYS_MAX = 3_650;
const LAPSED_ORDERS_MAX = 100;
const LIFETIME_MONTHS_MAX = 600;

const startsOn = z
  .string()
  .trim()
  .refine((day) => day === '' || isStorableDay(day), {
    message: 'not_a_day',
  })
  .transform((day) => (day === '' ? null : day));

/** The Settings form: every field as the browser sends it, numbers and money as typed in `locale`. */
function settingsForm(locale: string, currency: string) {
  return z.object({
    clubTitle: z.string().trim().max(CLUB_TITLE_CHARACTERS_MAX, 'too_long'),
    startsOn,
    messageOnChange: z.boolean(),
    bannerText: z.string().trim().max(BANNER_CHARACTERS_MAX, 'too_long'),
    redemptionEnabled: z.boolean(),
    redemptionRateUnits: wholeText(locale, 1, UNITS_MAX),
    redemptionRateMinor: moneyText(locale, currency, 1n),
    redemptionMinimumUnits: wholeText(locale, 1, UNITS_MAX),
    payoutActive: z.boolean(),
    combinesWithOrder: z.boolean(),
    combinesWithProduct: z.boolean(),
    combinesWithShipping: z.boolean(),
    redemptionTtlMinutes: wholeText(locale, TTL_MINUTES_MIN, TTL_MINUTES_MAX).transform(Number),
    refundShortfall: z.enum(['debt', 'write_off']),
    refundTakesFromAllLots: z.boolean(),
    restoreMinimumDays: wholeText(locale, 0, RESTORE_DAYS_MAX).transform(Number),
    newCustomerDays: wholeText(locale, 1, GROUP_DAYS_MAX).transform(Number),
    regularDays: wholeText(locale, 1, GROUP_DAYS_MAX).transform(Number),
    lapsedOrders: wholeText(locale, 1, LAPSED_ORDERS_MAX).transform(Number),
    lapsedDays: wholeText(locale, 1, GROUP_DAYS_MAX).transform(Number),
    lifetimeMonths: wholeText(locale, 1, LIFETIME_MONTHS_MAX).transform(Number),
    trialMode: z.boolean(),
    sensitiveFields: z.boolean(),
  });
}

/** The column of `club_settings` that stores each setting. */
const COLUMNS: Record<keyof ClubSettings, string> = {
  clubTitle: 'club_title',
  startsOn: 'starts_on',
  redemptionEnabled: 'redemption_enabled',
  redemptionRateUnits: 'redemption_rate_units',
  redemptionRateMinor: 'redemption_rate_minor',
  redemptionMinimumUnits: 'redemption_minimum_units',
  redemptionTtlMinutes: 'redemption_ttl_minutes',
  combinesWithOrder: 'combines_with_order',
  combinesWithProduct: 'combines_with_product',
  combinesWithShipping: 'combines_with_shipping',
  refundShortfall: 'refund_shortfall',
  refundTakesFromAllLots: 'refund_takes_from_all_lots',
  restoreMinimumDays: 'restore_minimum_days',
  messageOnChange: 'message_on_change',
  bannerText: 'banner_text',
  payoutActive: 'payout_active',
  trialMode: 'trial_mode',
  newCustomerDays: 'new_customer_days',
  regularDays: 'regular_days',
  lapsedOrders: 'lapsed_orders',
  lapsedDays: 'lapsed_days',
  lifetimeMonths: 'lifetime_months',
  sensitiveFields: 'sensitive_fields',
};
const FIELDS = Object.keys(COLUMNS);
const NAMES = Object.values(COLUMNS);

/** The day is read as text: a Date would depend on the process's time zone. */
const SELECTED = Object.entries(COLUMNS).map(
  ([field, column]) => `${column}${field === 'startsOn' ? '::text' : ''} AS "${field}"`,
);

const READ = `SELECT ${SELECTED.join(', ')} FROM club_settings WHERE shop_id = $1`;

/** Trial mode decides whose tiers are evaluated, so after a change every customer is due again. */
const SAVE = `
  INSERT INTO club_settings AS s (shop_id, ${NAMES.join(', ')})
  VALUES ($1, ${NAMES.map((_, at) => `$${at + 2}`).join(', ')})
  ON CONFLICT (shop_id) DO UPDATE SET ${NAMES.map((name) => `${name} = excluded.${name}`).join(', ')},
    tiers_evaluated_on = CASE WHEN s.trial_mode = excluded.trial_mode THEN s.tiers_evaluated_on END,
    updated_at = clock_timestamp()`;

export type SettingsSaved = { ok: true } | { ok: false; errors: FieldErrors };

/** Reads the shop's settings; the defaults for a shop that never saved any. */
export async function readSettings(shopId: bigint): Promise<ClubSettings> {
  const { rows } = await pool.query<ClubSettings>(READ, [shopId]);
  return rows[0] ?? DEFAULT_SETTINGS;
}

/** Saves the Settings form; returns the errors by field instead when something is wrong. */
export async function saveSettings(
  shop: { shopId: bigint; currency: string },
  input: unknown,
  locale: string,
): Promise<SettingsSaved> {
  const form = settingsForm(locale, shop.currency).safeParse(input);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const settings: ClubSettings = form.data;
  const values = new Map<string, unknown>(Object.entries(settings));
  await pool.query(SAVE, [shop.shopId, ...FIELDS.map((field) => values.get(field))]);
  return { ok: true };
}

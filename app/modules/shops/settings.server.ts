import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import { holdGiveBack, type HeldSave } from './give-back.server.ts';
import { readClubMode } from './launch.server.ts';
import { fieldErrors } from '#app/lib/field-errors.ts';
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
  /** The online promotion (F95b) shown at checkout; empty for none. */
  bannerText: string;
  /** Credit may be paid out as Shopify store credit. */
  payoutActive: boolean;
  /** Trial mode: rules apply to test customers only (F124). Always on while the club is a draft. */
  trialMode: boolean;
  /** Who is new, regular or lapsed (F22-F24): see `LifecycleSettings`. */
  newCustomerDays: number;
  regularDays: number;
  lapsedOrders: number;
  lapsedDays: number;
  /** Customer value is calculated over this number of months. */
  lifetimeMonths: number;
  /** Whether customers confirm by a code on their phone that points are spent at the till. */
  tillConsent: boolean;
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
  bannerText: '',
  payoutActive: false,
  trialMode: false,
  newCustomerDays: DEFAULT_LIFECYCLE.newDays,
  regularDays: DEFAULT_LIFECYCLE.regularDays,
  lapsedOrders: DEFAULT_LIFECYCLE.lapsedOrders,
  lapsedDays: DEFAULT_LIFECYCLE.lapsedDays,
  lifetimeMonths: 36,
  tillConsent: false,
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

/** The sections of Settings: each is a screen whose fields are saved by themselves, as typed in `locale`. */
function sectionForms(locale: string, currency: string) {
  return {
    club: z.object({
      clubTitle: z.string().trim().max(CLUB_TITLE_CHARACTERS_MAX, 'too_long'),
      startsOn,
      bannerText: z.string().trim().max(BANNER_CHARACTERS_MAX, 'too_long'),
    }),
    checkout: z.object({
      redemptionEnabled: z.boolean(),
      redemptionRateUnits: wholeText(locale, 1, UNITS_MAX),
      redemptionRateMinor: moneyText(locale, currency, 1n),
      redemptionMinimumUnits: wholeText(locale, 1, UNITS_MAX),
      payoutActive: z.boolean(),
      tillConsent: z.boolean(),
      combinesWithOrder: z.boolean(),
      combinesWithProduct: z.boolean(),
      combinesWithShipping: z.boolean(),
      redemptionTtlMinutes: wholeText(locale, TTL_MINUTES_MIN, TTL_MINUTES_MAX).transform(Number),
    }),
    refunds: z.object({
      refundShortfall: z.enum(['debt', 'write_off']),
      refundTakesFromAllLots: z.boolean(),
      restoreMinimumDays: wholeText(locale, 0, RESTORE_DAYS_MAX).transform(Number),
    }),
    groups: z.object({
      newCustomerDays: wholeText(locale, 1, GROUP_DAYS_MAX).transform(Number),
      regularDays: wholeText(locale, 1, GROUP_DAYS_MAX).transform(Number),
      lapsedOrders: wholeText(locale, 1, LAPSED_ORDERS_MAX).transform(Number),
      lapsedDays: wholeText(locale, 1, GROUP_DAYS_MAX).transform(Number),
      lifetimeMonths: wholeText(locale, 1, LIFETIME_MONTHS_MAX).transform(Number),
    }),
    privacy: z.object({ sensitiveFields: z.boolean() }),
    trial: z.object({ trialMode: z.boolean() }),
  } satisfies Record<string, z.ZodType<Partial<ClubSettings>>>;
}

export type SettingsSection = keyof ReturnType<typeof sectionForms>;

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
  bannerText: 'banner_text',
  payoutActive: 'payout_active',
  trialMode: 'trial_mode',
  newCustomerDays: 'new_customer_days',
  regularDays: 'regular_days',
  lapsedOrders: 'lapsed_orders',
  lapsedDays: 'lapsed_days',
  lifetimeMonths: 'lifetime_months',
  tillConsent: 'till_consent',
  sensitiveFields: 'sensitive_fields',
};
/** The day is read as text: a Date would depend on the process's time zone. */
const SELECTED = Object.entries(COLUMNS).map(
  ([field, column]) => `${column}${field === 'startsOn' ? '::text' : ''} AS "${field}"`,
);

const READ = `SELECT ${SELECTED.join(', ')} FROM club_settings WHERE shop_id = $1`;

/** Writes the columns of a section and no others: someone else may be saving another section. */
function saveStatement(names: readonly string[]): string {
  // Trial mode decides whose tiers are evaluated, so after a change every customer is due again.
  const evaluated = names.includes(COLUMNS.trialMode)
    ? 'tiers_evaluated_on = CASE WHEN s.trial_mode = excluded.trial_mode THEN s.tiers_evaluated_on END,'
    : '';
  return `
    INSERT INTO club_settings AS s (shop_id, ${names.join(', ')})
    VALUES ($1, ${names.map((_, at) => `$${at + 2}`).join(', ')})
    ON CONFLICT (shop_id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')},
      ${evaluated} updated_at = clock_timestamp()`;
}

export type SettingsSaved = { ok: true } | HeldSave;

/** Reads the shop's settings; the defaults for a shop that never saved any. */
export async function readSettings(shopId: bigint): Promise<ClubSettings> {
  const { rows } = await pool.query<ClubSettings>(READ, [shopId]);
  return rows[0] ?? DEFAULT_SETTINGS;
}

/** Saves a section of Settings; returns the errors by field, or what has to be meant, instead when something is wrong. */
export async function saveSettings(
  shop: { shopId: bigint; currency: string },
  section: SettingsSection,
  input: Record<string, unknown>,
  locale: string,
): Promise<SettingsSaved> {
  const form = sectionForms(locale, shop.currency)[section].safeParse(input);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const settings: Partial<ClubSettings> = form.data;
  const held = await holdSettings(shop.shopId, settings, input.meant);
  if (held) return held;
  const given = new Map<string, unknown>(Object.entries(settings));
  const values = Object.entries(COLUMNS).flatMap(([field, column]) =>
    given.has(field) ? [{ column, value: given.get(field) }] : [],
  );
  await pool.query(saveStatement(values.map(({ column }) => column)), [
    shop.shopId,
    ...values.map(({ value }) => value),
  ]);
  return { ok: true };
}

/** A rate may make every program ruinous; trial mode without a test customer is a club for no one. */
async function holdSettings(
  shopId: bigint,
  { trialMode, redemptionRateUnits: units, redemptionRateMinor: amountMinor }: Partial<ClubSettings>,
  meant: unknown,
): Promise<HeldSave | null> {
  if (trialMode !== undefined) {
    const mode = await readClubMode(shopId);
    if (mode.isDraft) return { ok: false, errors: { form: { code: 'is_draft' } } };
    if (trialMode && !mode.hasTestCustomer)
      return { ok: false, errors: { trialMode: { code: 'needs_test_customer' } } };
  }
  if (units === undefined || amountMinor === undefined) return null;
  return holdGiveBack(shopId, meant, 'redemptionRateMinor', () => ({ rate: { units, amountMinor } }));
}

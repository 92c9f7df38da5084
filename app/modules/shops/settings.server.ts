import { z } from 'zod';
import { prisma } from '#app/db.server.ts';
import { systemNow } from '#app/lib/clock.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { moneyText, wholeText } from '#app/lib/form-fields.ts';
import { DEFAULT_LIFECYCLE } from '#app/modules/segments/rules/lifecycle.ts';

/** What a merchant decides about the club as a whole. Money in minor units of the shop's currency. */
export interface ClubSettings {
  /** Empty: the shop's name stands for it. */
  clubTitle: string;
  /** Orders of earlier days earn nothing; `YYYY-MM-DD` in the shop's time zone. */
  startsOn: string | null;
  redemptionEnabled: boolean;
  /** So many units are worth `redemptionRateMinor`. */
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
  /** A message is planned for every change of a customer's value (F94). */
  messageOnChange: boolean;
  /** The online promotion (F95b): shown to shoppers at checkout; empty for none. */
  bannerText: string;
  /** Credit may be paid out as Shopify's store credit. */
  payoutActive: boolean;
  /** Rules act for test customers only (F124). */
  trialMode: boolean;
  /** Who is new, regular or lapsed (F22-F24): see `LifecycleSettings`. */
  newCustomerDays: number;
  regularDays: number;
  lapsedOrders: number;
  lapsedDays: number;
  /** What a customer is worth is reckoned over so many months. */
  lifetimeMonths: number;
  /** National ID and wedding date are asked for and shown (C10). */
  sensitiveFields: boolean;
}

/** What a new shop starts with; the same values as the columns' defaults in the first migration. */
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
  .refine((day) => day === '' || (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))), {
    message: 'not_a_day',
  })
  .transform((day) => (day === '' ? null : day));

/** The Settings form: every field as the browser holds it, numbers and money as typed in `locale`. */
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

export type SettingsSaved = { ok: true } | { ok: false; errors: FieldErrors };

/** The shop's settings; the defaults for a shop that never saved any. */
export async function readSettings(shopId: bigint): Promise<ClubSettings> {
  const row = await prisma.clubSettings.findUnique({ where: { shopId } });
  if (!row) return DEFAULT_SETTINGS;
  return {
    clubTitle: row.clubTitle,
    startsOn: row.startsOn?.toISOString().slice(0, 10) ?? null,
    redemptionEnabled: row.redemptionEnabled,
    redemptionRateUnits: row.redemptionRateUnits,
    redemptionRateMinor: row.redemptionRateMinor,
    redemptionMinimumUnits: row.redemptionMinimumUnits,
    redemptionTtlMinutes: row.redemptionTtlMinutes,
    combinesWithOrder: row.combinesWithOrder,
    combinesWithProduct: row.combinesWithProduct,
    combinesWithShipping: row.combinesWithShipping,
    refundShortfall: row.refundShortfall === 'write_off' ? 'write_off' : 'debt',
    refundTakesFromAllLots: row.refundTakesFromAllLots,
    restoreMinimumDays: row.restoreMinimumDays,
    messageOnChange: row.messageOnChange,
    bannerText: row.bannerText,
    payoutActive: row.payoutActive,
    trialMode: row.trialMode,
    newCustomerDays: row.newCustomerDays,
    regularDays: row.regularDays,
    lapsedOrders: row.lapsedOrders,
    lapsedDays: row.lapsedDays,
    lifetimeMonths: row.lifetimeMonths,
    sensitiveFields: row.sensitiveFields,
  };
}

/** Saves the Settings form; answers what is wrong at which field instead when something is. */
export async function saveSettings(
  shop: { shopId: bigint; currency: string },
  input: unknown,
  locale: string,
): Promise<SettingsSaved> {
  const form = settingsForm(locale, shop.currency).safeParse(input);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const { startsOn: day, ...rest } = form.data;
  const { shopId } = shop;
  const before = await readSettings(shopId);
  const data = {
    ...rest,
    startsOn: day === null ? null : new Date(`${day}T00:00:00Z`),
    // Trial mode decides whose tiers are looked at: everybody is due again.
    ...(before.trialMode === rest.trialMode ? {} : { tiersEvaluatedOn: null }),
    updatedAt: systemNow(),
  };
  await prisma.clubSettings.upsert({ where: { shopId }, create: { shopId, ...data }, update: data });
  return { ok: true };
}

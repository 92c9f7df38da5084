import { z } from 'zod';
import { prisma } from '#app/db.server.ts';
import { systemNow } from '#app/lib/clock.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { moneyText, wholeText } from '#app/lib/form-fields.ts';

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
};

const CLUB_TITLE_CHARACTERS_MAX = 40;
const TTL_MINUTES_MIN = 10;
const TTL_MINUTES_MAX = 7 * 24 * 60;
const RESTORE_DAYS_MAX = 365;
const UNITS_MAX = 1_000_000_000;

const startsOn = z
  .string()
  .trim()
  .refine((day) => day === '' || (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))), {
    message: 'not_a_day',
  })
  .transform((day) => (day === '' ? null : day));

/** The Settings form: every field as the browser holds it, whole numbers as typed in `locale`. */
function settingsForm(locale: string) {
  return z.object({
    clubTitle: z.string().trim().max(CLUB_TITLE_CHARACTERS_MAX, 'too_long'),
    combinesWithOrder: z.boolean(),
    combinesWithProduct: z.boolean(),
    combinesWithShipping: z.boolean(),
    refundShortfall: z.enum(['debt', 'write_off']),
    refundTakesFromAllLots: z.boolean(),
    restoreMinimumDays: wholeText(locale, 0, RESTORE_DAYS_MAX).transform(Number),
    redemptionTtlMinutes: wholeText(locale, TTL_MINUTES_MIN, TTL_MINUTES_MAX).transform(Number),
  });
}

/** The part of the Program form that belongs to the club: its start, and what a point is worth. */
function termsForm(locale: string, currency: string) {
  return z.object({
    startsOn,
    redemptionEnabled: z.boolean(),
    redemptionRateUnits: wholeText(locale, 1, UNITS_MAX),
    redemptionRateMinor: moneyText(locale, currency, 1n),
    redemptionMinimumUnits: wholeText(locale, 1, UNITS_MAX),
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
  };
}

/** Saves the Settings form; answers what is wrong at which field instead when something is. */
export async function saveSettings(shopId: bigint, input: unknown, locale: string): Promise<SettingsSaved> {
  const form = settingsForm(locale).safeParse(input);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  await store(shopId, form.data);
  return { ok: true };
}

/** The club's part of the Program screen. */
export type ClubTerms = Pick<
  ClubSettings,
  'startsOn' | 'redemptionEnabled' | 'redemptionRateUnits' | 'redemptionRateMinor' | 'redemptionMinimumUnits'
>;

/** Reads the club's part of the Program form without saving it. */
export function readTermsForm(
  input: unknown,
  locale: string,
  currency: string,
): { ok: true; terms: ClubTerms } | { ok: false; errors: FieldErrors } {
  const form = termsForm(locale, currency).safeParse(input);
  return form.success ? { ok: true, terms: form.data } : { ok: false, errors: fieldErrors(form.error) };
}

/** Saves when the club starts, what a point is worth and from how many on it can be used. */
export async function saveTerms(shopId: bigint, terms: ClubTerms): Promise<void> {
  const { startsOn: day, ...rest } = terms;
  await store(shopId, { ...rest, startsOn: day === null ? null : new Date(`${day}T00:00:00Z`) });
}

type Columns = Partial<Omit<ClubSettings, 'startsOn'>> & { startsOn?: Date | null };

async function store(shopId: bigint, columns: Columns): Promise<void> {
  const data = { ...columns, updatedAt: systemNow() };
  await prisma.clubSettings.upsert({ where: { shopId }, create: { shopId, ...data }, update: data });
}

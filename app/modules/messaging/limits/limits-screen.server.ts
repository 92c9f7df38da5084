/** Settings > Messaging > Sending: when, how often and from which cost on with approval. */
import { z } from 'zod';
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import type { Locale } from '#app/i18n/locales.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { formatMoneyInput } from '#app/lib/format.ts';
import { minorToMicros, WALLET_CURRENCY } from '#app/lib/micros.ts';
import { parseMoneyInput } from '#app/lib/typed-number.ts';
import { loadCountryLimits, loadSettings } from './load-limits.server.ts';
import { KNOWN_COUNTRIES, RULES_AS_OF, rulesOfCountry, USUAL_WINDOW } from './rules/countries.ts';

const CAP_MESSAGES_MAX = 20;
const HOURS_MAX = 720;
const MICROS_A_MINOR = minorToMicros(1n, WALLET_CURRENCY);

/** Reads the screen; amounts are written as in `locale`. */
export async function readLimitsScreen(shopId: bigint, locale: Locale) {
  const [settings, limits] = await Promise.all([loadSettings(pool, shopId), loadCountryLimits(pool, shopId)]);
  const { approveAboveMicros } = settings;
  const values: Record<string, string | boolean> = {
    capMessages: String(settings.capMessages),
    capHours: String(settings.capHours),
    approveAbove:
      approveAboveMicros === null
        ? ''
        : formatMoneyInput(approveAboveMicros / MICROS_A_MINOR, WALLET_CURRENCY, locale),
    approveByOther: settings.approveByOther,
    salesHours: String(settings.salesHours),
  };
  for (const country of KNOWN_COUNTRIES) {
    const own = limits.get(country);
    const { from, to } = own?.window ?? rulesOfCountry(country).window;
    values[`from_${country}`] = from;
    values[`to_${country}`] = to;
    values[`links_${country}`] = own?.linksRegistered ?? false;
  }
  return {
    values,
    asOf: RULES_AS_OF,
    elsewhere: USUAL_WINDOW,
    countries: KNOWN_COUNTRIES.map((country) => ({ country, ...rulesOfCountry(country) })),
  };
}

export type LimitsView = Awaited<ReturnType<typeof readLimitsScreen>>;

const wholeFrom = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, 'not_a_number')
    .transform(Number)
    .refine((value) => value >= min, 'too_small')
    .refine((value) => value <= max, `too_large:${max}`);

const form = z.looseObject({
  capMessages: wholeFrom(1, CAP_MESSAGES_MAX),
  capHours: wholeFrom(0, HOURS_MAX),
  approveAbove: z.string().trim(),
  approveByOther: z.boolean().catch(false),
  salesHours: wholeFrom(1, HOURS_MAX),
});
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

interface CountryRow {
  country: string;
  from: string;
  to: string;
  linksRegistered: boolean;
}

type Answer = { ok: true } | { ok: false; errors: FieldErrors };

/** Saves the form. A shop may send in fewer hours than a country allows, never in more. */
export async function saveLimits(shopId: bigint, input: unknown, locale: Locale): Promise<Answer> {
  const parsed = form.safeParse(input);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  const values = parsed.data;
  const minor =
    values.approveAbove === '' ? null : parseMoneyInput(values.approveAbove, WALLET_CURRENCY, locale);
  const errors: FieldErrors = {};
  if (values.approveAbove !== '' && (minor === null || minor < 0n))
    errors.approveAbove = { code: 'not_an_amount' };
  const rows = readCountries(values, errors);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const micros = minor === null ? null : minor * MICROS_A_MINOR;
  await withTransaction(async (tx) => {
    await tx.query(
      `INSERT INTO messaging_settings (shop_id, cap_messages, cap_hours, approve_above_micros, approve_by_other, sales_hours)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (shop_id) DO UPDATE SET cap_messages = excluded.cap_messages, cap_hours = excluded.cap_hours,
         approve_above_micros = excluded.approve_above_micros, approve_by_other = excluded.approve_by_other, sales_hours = excluded.sales_hours`,
      [shopId, values.capMessages, values.capHours, micros, values.approveByOther, values.salesHours],
    );
    await storeCountries(tx, shopId, rows);
  });
  return { ok: true };
}

function readCountries(values: Record<string, unknown>, errors: FieldErrors): CountryRow[] {
  const text = (name: string): string | null => {
    const value = values[name];
    return typeof value === 'string' ? value : null;
  };
  return KNOWN_COUNTRIES.flatMap((country): CountryRow[] => {
    const { window } = rulesOfCountry(country);
    const from = text(`from_${country}`) ?? window.from;
    const to = text(`to_${country}`) ?? window.to;
    const linksRegistered = values[`links_${country}`] === true;
    for (const [name, time] of [
      ['from', from],
      ['to', to],
    ] as const)
      if (!TIME.test(time)) errors[`${name}_${country}`] = { code: 'invalid' };
    if (from < window.from) errors[`from_${country}`] ??= { code: 'wider_than_allowed' };
    if (to > window.to) errors[`to_${country}`] ??= { code: 'wider_than_allowed' };
    if (to <= from) errors[`to_${country}`] ??= { code: 'before_start' };
    const isUsual = from === window.from && to === window.to && !linksRegistered;
    return isUsual ? [] : [{ country, from, to, linksRegistered }];
  });
}

async function storeCountries(tx: Transaction, shopId: bigint, rows: readonly CountryRow[]): Promise<void> {
  await tx.query('DELETE FROM messaging_countries WHERE shop_id = $1', [shopId]);
  await tx.query(
    `INSERT INTO messaging_countries (shop_id, country, from_time, to_time, links_registered)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::bool[])`,
    [
      shopId,
      rows.map(({ country }) => country),
      rows.map(({ from }) => from),
      rows.map(({ to }) => to),
      rows.map(({ linksRegistered }) => linksRegistered),
    ],
  );
}

/**
 * Mobile numbers as most people write them. Files have hundreds of thousands, and the library that reads phone numbers compiles
 * its patterns for each: here they are compiled once a country. What is written otherwise is left to the library.
 */
import metadata from 'libphonenumber-js/metadata.max.json';
import { z } from 'zod';

/** How the library's metadata has a country (a document of its own describes it). */
const planSchema = z
  .tuple([
    /** Calling code, and the pattern of what is dialled before it. */
    z.string(),
    z.string().or(z.literal(0)).nullish(),
    /** Of all national numbers, and how long they can be. */
    z.string(),
    z.array(z.number()),
    z.unknown(),
    /** What is dialled before national numbers, and how it is written otherwise. */
    z.string().or(z.literal(0)).nullish(),
    z.unknown(),
    z.string().or(z.literal(0)).nullish(),
    z.unknown(),
    z.unknown(),
    z.unknown(),
    /** Land lines, mobiles and other types, each with its pattern and lengths. */
    z
      .tuple([z.unknown(), z.tuple([z.string()]).rest(z.array(z.number())).or(z.literal(0)).nullish()])
      .rest(z.unknown()),
  ])
  .rest(z.unknown());

interface MobilePlan {
  callingCode: string;
  abroad: RegExp;
  all: RegExp;
  mobile: RegExp;
  lengths: readonly number[];
}

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);

/** Null for a country that shares its calling code, or whose rules are not simple. */
function planOf(country: string): MobilePlan | null {
  const plan = planSchema.safeParse(
    new Map<string, unknown>(Object.entries(metadata.countries)).get(country),
  );
  if (!plan.success) return null;
  const [callingCode, abroad, all, lengths, , prefix, , otherPrefix, , , , [, mobile]] = plan.data;
  if (prefix !== '0' || otherPrefix || !mobile || mobile[0] === '' || !abroad) return null;
  if (codes.get(callingCode) !== country) return null;
  return {
    callingCode,
    abroad: new RegExp(`^(?:${abroad})`),
    all: whole(all),
    mobile: whole(mobile[0]),
    lengths: lengths.filter((length) => mobile[1]?.includes(length) ?? true),
  };
}

/** Calling codes of one country alone. */
const codes: ReadonlyMap<string, string> = new Map(
  Object.entries(metadata.country_calling_codes).flatMap(([code, countries]): [string, string][] =>
    countries?.[0] !== undefined && countries.length === 1 ? [[code, countries[0]]] : [],
  ),
);

const plans = new Map<string, MobilePlan | null>();

function knownPlan(country: string): MobilePlan | null {
  const known = plans.get(country);
  if (known !== undefined) return known;
  const plan = planOf(country);
  plans.set(country, plan);
  return plan;
}

const HOME = /^0[1-9][0-9]{5,15}$/;
const INTERNATIONAL = /^\+[1-9][0-9]{6,17}$/;
const CODE_DIGITS = [1, 2, 3];

/**
 * Reads a mobile number that is written with digits only: with the 0 of the country before it, or with a plus and the calling
 * code. Returns it in E.164; null for any other text, which may be a number, too.
 */
export function readPlainMobile(text: string, country: string | null): string | null {
  if (HOME.test(text)) {
    const plan = country === null ? null : knownPlan(country);
    return plan && !plan.abroad.test(text) ? numberOf(plan, text.slice(1)) : null;
  }
  if (!INTERNATIONAL.test(text)) return null;
  // No code is the beginning of another.
  const length = CODE_DIGITS.find((each) => codes.has(text.slice(1, 1 + each)));
  const owner = length === undefined ? undefined : codes.get(text.slice(1, 1 + length));
  const plan = owner === undefined ? null : knownPlan(owner);
  return plan && numberOf(plan, text.slice(1 + plan.callingCode.length));
}

function numberOf({ callingCode, all, mobile, lengths }: MobilePlan, national: string): string | null {
  const isOne = lengths.includes(national.length) && mobile.test(national) && all.test(national);
  return isOne && !national.startsWith('0') ? `+${callingCode}${national}` : null;
}

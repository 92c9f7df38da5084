/** One reader a field: what a cell means, or what is wrong with it. */
import { foldDigits } from '#app/lib/digits.ts';
import { currencyDigits } from '#app/lib/money.ts';
import { readPhone } from '#app/lib/phone.ts';
import type { TableCell } from '#app/lib/table-cells.ts';
import { readHandle } from '#app/modules/crm/form/rules/social-handle.ts';
import {
  HEIGHT_MM_MAX,
  INTEREST_MAX,
  isEmail,
  NOTE_MAX,
  PERCENT_BP_MAX,
  POSTAL_CODE_MAX,
  TEXT_MAX,
  WEIGHT_GRAMS_MAX,
} from '#app/modules/crm/form/customer-fields.ts';
import { CENTIMETRE_DIGITS, INTERESTS_MAX, KILO_DIGITS } from '#app/modules/crm/form/form-values.ts';
import { normaliseNationalId } from '#app/modules/customers/rules/national-id.ts';
import { tidyTag } from '#app/modules/customers/rules/tag-key.ts';
import { wrongWithTag } from '#app/modules/tags/rules/tag-names.ts';
import { textOfCell, tidyLines, tidyText } from '../rules/cell-text.ts';
import { CONSENT_WORDS, GENDER_WORDS, HOUSING_WORDS, type Choices } from '../rules/choice-words.ts';
import { foldWord, withoutInvisible } from '../rules/fold-text.ts';
import type { ImportField, RowProblemCode } from '../rules/import-fields.ts';
import { splitList } from '../rules/list-text.ts';
import { readSerialDay, readShownDay, readWrittenDay } from '../rules/read-day.ts';
import {
  decimalOfNumber,
  decimalText,
  readWrittenNumber,
  unitsOf,
  type Decimal,
} from '../rules/read-number.ts';
import type { ReadContext } from './read-context.ts';

/** `none`: the cell says nothing. */
export type CellRead =
  | { kind: 'value'; value: string | number | string[] }
  | { kind: 'none' }
  | { kind: 'wrong'; code: RowProblemCode; limit?: string };

/** Of a column: whose calendar its heading hints at, and of the row: the countries whose phones need no code. */
export interface CellContext extends ReadContext {
  isThai: boolean;
  isPersian: boolean;
  phoneCountries: readonly (string | null)[];
  /** The earliest day that is taken. */
  firstDay: string;
}

export type CellReader = (cell: TableCell, context: CellContext) => CellRead;

const NONE: CellRead = { kind: 'none' };
const value = (read: string | number | string[]): CellRead => ({ kind: 'value', value: read });
const wrong = (code: RowProblemCode, limit?: number): CellRead =>
  limit === undefined ? { kind: 'wrong', code } : { kind: 'wrong', code, limit: String(limit) };

/** Reads the text of a cell; a cell without value was refused before. */
function fromText(read: (text: string, context: CellContext) => CellRead): CellReader {
  return (cell, context) => {
    const text = tidyText(textOfCell(cell, context.isFrom1904) ?? '');
    return text === '' ? NONE : read(text, context);
  };
}

const text = (max: number) => fromText((line) => (line.length > max ? wrong('too_long', max) : value(line)));

function choice(choicesOf: (context: CellContext) => Choices): CellReader {
  return fromText((line, context) => {
    const chosen = choicesOf(context).get(foldWord(line));
    return chosen === undefined ? wrong('unknown_choice') : value(chosen);
  });
}

const note: CellReader = (cell, { isFrom1904 }) => {
  const lines = tidyLines(textOfCell(cell, isFrom1904) ?? '');
  if (lines === '') return NONE;
  return lines.length > NOTE_MAX ? wrong('too_long', NOTE_MAX) : value(lines);
};

const street: CellReader = (cell, { isFrom1904 }) => {
  const line = tidyLines(textOfCell(cell, isFrom1904) ?? '').replaceAll(/,?\n+/g, ', ');
  if (line === '') return NONE;
  return line.length > TEXT_MAX ? wrong('too_long', TEXT_MAX) : value(line);
};

/** A name of digits only is a row of totals, or the next column. */
const name = fromText((line) => {
  if (/^[\p{N}\s.,]+$/u.test(line)) return NONE;
  return line.length > TEXT_MAX ? wrong('too_long', TEXT_MAX) : value(line);
});

const SCIENTIFIC = /^\+?\d+(?:[.,]\d+)?e\+?\d+$/i;
const SEVERAL = /[/;,|\n]|\s(?:dan|atau|and|or|และ|หรือ|و|یا)\s/i;
const BEFORE_PHONE =
  /^(?:https?:\/\/)?(?:wa\.me\/|api\.whatsapp\.com\/send\?phone=|(?:wa|whatsapp|hp|tel|telp|phone)\s*[.:]\s*)/i;
const PHONE_DIGITS_MIN = 6;

const phone: CellReader = (cell, context) => {
  if (typeof cell === 'number' && (cell < 0 || !Number.isInteger(cell))) return wrong('not_a_phone');
  const said = tidyText(textOfCell(cell, context.isFrom1904) ?? '');
  if (said === '') return NONE;
  const line = foldDigits(said).replace(/^'/, '').replace(BEFORE_PHONE, '');
  if (SCIENTIFIC.test(line)) return wrong('phone_scientific');
  const several = line.split(SEVERAL).filter((part) => part.replaceAll(/\D/g, '').length >= PHONE_DIGITS_MIN);
  if (several.length > 1) return wrong('more_than_one');
  const read = readPhone(line, context.phoneCountries);
  return read.ok ? value(read.phone) : wrong(read.reason);
};

const email: CellReader = (cell, { isFrom1904 }) => {
  const shown = toAddress(textOfCell(cell, isFrom1904) ?? '');
  const linked = typeof cell === 'object' && 'mailto' in cell ? toAddress(cell.mailto) : '';
  const address = isEmail(shown) || linked === '' ? shown : linked;
  if (address === '') return NONE;
  if (address.length > TEXT_MAX) return wrong('too_long', TEXT_MAX);
  if (isEmail(address)) return value(address);
  const several = address.split(/[\s,;/|]+/).filter(isEmail);
  return wrong(several.length > 1 ? 'more_than_one' : 'not_an_email');
};

/** In lower case; full-width letters and brackets around it are none of the address. */
function toAddress(written: string): string {
  return tidyText(written.normalize('NFKC'))
    .replace(/^<(.*)>$/, '$1')
    .replace(/^mailto:/i, '')
    .toLowerCase();
}

function day(cell: TableCell, context: CellContext): CellRead {
  const read =
    typeof cell === 'number'
      ? readSerialDay(cell, context)
      : typeof cell === 'object' && 'serial' in cell
        ? readShownDay(cell.serial, context)
        : null;
  if (read) return read.ok ? value(read.day) : wrong(read.code);
  const line = tidyText(textOfCell(cell, context.isFrom1904) ?? '');
  if (line === '') return NONE;
  const written = readWrittenDay(line, context);
  return written.ok ? value(written.day) : wrong(written.code);
}

interface NumberField {
  /** Digits behind the point that are kept. */
  digits: number;
  /** What may stand behind a number that is written; null: a currency, before or behind it. */
  unit: RegExp | null;
  min: number;
  /** In units of the last digit, as `min`. */
  max: number;
  /** What a percent cell's number is multiplied by. */
  percentTimes?: number;
}

/** The number of a cell, or what is wrong; null for a cell that says nothing. */
function decimalOf(cell: TableCell, field: NumberField, locale: string): Decimal | CellRead | null {
  // More digits than are kept, so that "not whole" is seen, but no noise of binary fractions.
  const digits = field.digits + 3;
  if (typeof cell === 'number') return decimalOfNumber(cell, digits) ?? wrong('too_large');
  if (typeof cell === 'object' && 'serial' in cell)
    return decimalOfNumber(cell.serial, digits) ?? wrong('too_large');
  if (typeof cell === 'object' && 'percent' in cell)
    return decimalOfNumber(cell.percent * (field.percentTimes ?? 1), digits) ?? wrong('too_large');
  const line = tidyText(textOfCell(cell, false) ?? '');
  if (line === '') return null;
  return readWrittenNumber(line, locale, field.unit) ?? wrong('not_a_number');
}

function number(field: NumberField): CellReader {
  return (cell, { locale }) => {
    const decimal = decimalOf(cell, field, locale);
    if (decimal === null) return NONE;
    if ('kind' in decimal) return decimal;
    const isCell = typeof cell !== 'string';
    const units = unitsOf(isCell ? rounded(decimal, field.digits) : decimal, field.digits);
    if (field.digits === 0 && decimal.fraction !== '') return wrong('not_whole');
    if (units === null) return wrong('not_a_number');
    if (units < field.min) return wrong('too_small', field.min / 10 ** field.digits);
    if (units > field.max) return wrong('too_large', field.max / 10 ** field.digits);
    return value(units);
  };
}

/** A number cell that is finer than what is kept: to the nearest. */
function rounded(decimal: Decimal, digits: number): Decimal {
  const { isNegative, whole, fraction } = decimal;
  if (fraction.length <= digits) return decimal;
  const exact = decimalOfNumber(Number(`${isNegative ? '-' : ''}${whole}.${fraction}`), digits);
  return exact ?? decimal;
}

/** Far above what a customer can have, and exact as a number. */
export const OPENING_UNITS_MAX = 1_000_000_000;

const PERCENT = { digits: 2, unit: /\s*[%٪]$/, min: 1, max: PERCENT_BP_MAX, percentTimes: 100 };
const POINTS = {
  digits: 0,
  unit: /\s*(?:poin|points?|pts?|คะแนน|แต้ม|امتیاز)\.?$/i,
  min: 0,
  max: OPENING_UNITS_MAX,
};

const credit: CellReader = (cell, { locale, currency }) => {
  const digits = currencyDigits(currency);
  const field = { digits, unit: null, min: 0, max: 0 };
  const decimal = decimalOf(cell, field, locale);
  if (decimal === null) return NONE;
  if ('kind' in decimal) return decimal;
  if (decimal.isNegative) return wrong('too_small', 0);
  if (Number(decimal.whole) > OPENING_UNITS_MAX) return wrong('too_large', OPENING_UNITS_MAX);
  const exact = typeof cell === 'string' ? decimal : rounded(decimal, digits);
  return exact.fraction.length > digits ? wrong('not_a_number') : value(decimalText(exact));
};

function list(max: number, wrongWith: (item: string) => CellRead | null): CellReader {
  return (cell, { isFrom1904 }) => {
    const items = splitList(tidyLines(textOfCell(cell, isFrom1904) ?? ''));
    const byKey = new Map<string, string>();
    for (const item of items.map((each) => tidyTag(each)))
      if (item !== '' && !byKey.has(item.toLowerCase())) byKey.set(item.toLowerCase(), item);
    const kept = [...byKey.values()];
    if (kept.length === 0) return NONE;
    if (kept.length > max) return wrong('too_many', max);
    return kept.map(wrongWith).find((each) => each !== null) ?? value(kept);
  };
}

/** Shopify's. */
const TAGS_MAX = 250;

const handle = (network: Parameters<typeof readHandle>[0]) =>
  fromText((line) => {
    const account = readHandle(network, line);
    return account === null ? wrong('not_a_handle') : value(account);
  });

const nationalId = fromText((line) => {
  const id = normaliseNationalId(line);
  return id === null ? wrong('invalid') : value(id);
});

const customerId = fromText((line) => {
  const id = /^(?:gid:\/\/shopify\/Customer\/)?(\d{1,18})$/.exec(foldDigits(line))?.[1];
  return id === undefined ? wrong('invalid') : value(id);
});

/** Place names are read together, in `read-place.ts`; here they are texts. */
export const CELL_READERS: Readonly<Record<ImportField, CellReader>> = {
  customerId,
  category: choice(({ categories }) => categories),
  fullName: name,
  firstName: name,
  lastName: name,
  gender: choice(() => GENDER_WORDS),
  phone,
  email,
  country: text(TEXT_MAX),
  province: text(TEXT_MAX),
  city: text(TEXT_MAX),
  district: text(TEXT_MAX),
  village: text(TEXT_MAX),
  postalCode: fromText((line) => {
    const code = foldDigits(withoutInvisible(line));
    return code.length > POSTAL_CODE_MAX ? wrong('too_long', POSTAL_CODE_MAX) : value(code);
  }),
  street,
  instagram: handle('instagram'),
  facebook: handle('facebook'),
  tiktok: handle('tiktok'),
  line: handle('line'),
  whatsapp: phone,
  telegram: handle('telegram'),
  x: handle('x'),
  birthDate: day,
  weddingDate: day,
  interests: list(INTERESTS_MAX, (item) =>
    item.length > INTEREST_MAX ? wrong('too_long', INTEREST_MAX) : null,
  ),
  housing: choice(() => HOUSING_WORDS),
  weightGrams: number({
    digits: KILO_DIGITS,
    unit: /\s*(?:kg|kilo|kilogram|กก\.?|کیلو|کیلوگرم)\.?$/i,
    min: 1,
    max: WEIGHT_GRAMS_MAX,
  }),
  heightMm: number({
    digits: CENTIMETRE_DIGITS,
    unit: /\s*(?:cm|ซม\.?|سانت|سانتیمتر)\.?$/i,
    min: 1,
    max: HEIGHT_MM_MAX,
  }),
  nationalId,
  smsConsent: choice(() => CONSENT_WORDS),
  emailConsent: choice(() => CONSENT_WORDS),
  tier: choice(({ tiers }) => tiers),
  discountBp: number(PERCENT),
  openingPoints: number(POINTS),
  openingCredit: credit,
  tags: list(TAGS_MAX, (item) => (wrongWithTag(item) === 'too_long' ? wrong('too_long') : null)),
  note,
};

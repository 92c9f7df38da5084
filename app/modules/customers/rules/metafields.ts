/**
 * Where the fields of a customer's record that Shopify has no field for are stored at Shopify: metafields in the app's own
 * namespace, defined in shopify.app.toml (a contract test compares); merchants can filter customers by all but lists and
 * JSON.
 */
import { cleanJsonText, isStorableDay } from '#app/lib/storable.ts';
import {
  GENDERS,
  HOUSINGS,
  SOCIAL_NETWORKS,
  type CustomerRecord,
  type Gender,
  type Housing,
} from './customer-record.ts';

/** The fields that travel as metafields; of the address it is the district, which no address of Shopify's has. */
export interface MetafieldValues extends Pick<
  CustomerRecord,
  'gender' | 'birthDate' | 'weddingDate' | 'housing' | 'weightGrams' | 'heightMm' | 'interests' | 'social'
> {
  district: string | null;
}

export type MetafieldName = keyof MetafieldValues;

export interface MetafieldKind<Value> {
  key: string;
  type: 'date' | 'single_line_text_field' | 'list.single_line_text_field' | 'number_decimal' | 'json';
  /** What the merchant reads on Shopify's customer page. */
  title: string;
  /** The text that Shopify keeps; null for nothing, which is no metafield at all. */
  encode: (value: Value) => string | null;
  /** What a text of Shopify's means; nothing when there is none or it cannot be read. */
  decode: (text: string | null) => Value;
}

const GRAMS_A_KILO = 1000;
const MILLIMETRES_A_CENTIMETRE = 10;

export const CUSTOMER_METAFIELDS: { readonly [Name in MetafieldName]: MetafieldKind<MetafieldValues[Name]> } =
  {
    gender: choice<Gender>('gender', 'Gender', GENDERS),
    birthDate: day('birth_date', 'Birth date'),
    weddingDate: day('wedding_date', 'Wedding date'),
    housing: choice<Housing>('housing', 'Housing', HOUSINGS),
    weightGrams: measure('weight_kg', 'Weight (kg)', GRAMS_A_KILO),
    heightMm: measure('height_cm', 'Height (cm)', MILLIMETRES_A_CENTIMETRE),
    interests: {
      key: 'interests',
      type: 'list.single_line_text_field',
      title: 'Interests',
      encode: (interests) => (interests.length === 0 ? null : JSON.stringify(interests)),
      decode: readInterests,
    },
    social: {
      key: 'social',
      type: 'json',
      title: 'Social accounts',
      encode: (social) => (Object.keys(social).length === 0 ? null : JSON.stringify(social)),
      decode: readSocial,
    },
    district: {
      key: 'district',
      type: 'single_line_text_field',
      title: 'District',
      encode: (district) => district,
      decode: (text) => text,
    },
  };

export const METAFIELD_NAMES: readonly MetafieldName[] = [
  'gender',
  'birthDate',
  'weddingDate',
  'housing',
  'weightGrams',
  'heightMm',
  'interests',
  'social',
  'district',
];

/** Decodes a customer's metafields, by key as Shopify has them, into fields of the record. Unknown keys are ignored. */
export function decodeMetafields(metafields: readonly { key: string; value: string }[]): MetafieldValues {
  const texts = new Map(metafields.map(({ key, value }) => [key, value]));
  const read = <Name extends MetafieldName>(name: Name): MetafieldValues[Name] =>
    CUSTOMER_METAFIELDS[name].decode(texts.get(CUSTOMER_METAFIELDS[name].key) ?? null);
  return {
    gender: read('gender'),
    birthDate: read('birthDate'),
    weddingDate: read('weddingDate'),
    housing: read('housing'),
    weightGrams: read('weightGrams'),
    heightMm: read('heightMm'),
    interests: read('interests'),
    social: read('social'),
    district: read('district'),
  };
}

/** What to write for these fields: texts to set by key, and keys to clear. */
export function encodeMetafields(values: Partial<MetafieldValues>): {
  set: { key: string; type: string; value: string }[];
  clear: string[];
} {
  const set: { key: string; type: string; value: string }[] = [];
  const clear: string[] = [];
  const write = <Name extends MetafieldName>(name: Name, value: MetafieldValues[Name] | undefined) => {
    if (value === undefined) return;
    const { key, type, encode } = CUSTOMER_METAFIELDS[name];
    const text = encode(value);
    if (text === null) clear.push(key);
    else set.push({ key, type, value: text });
  };
  for (const name of METAFIELD_NAMES) write(name, values[name]);
  return { set, clear };
}

function choice<Choice extends string>(
  key: string,
  title: string,
  choices: readonly Choice[],
): MetafieldKind<Choice | null> {
  return {
    key,
    type: 'single_line_text_field',
    title,
    encode: (value) => value,
    decode: (text) => choices.find((each) => each === text) ?? null,
  };
}

function day(key: string, title: string): MetafieldKind<string | null> {
  return {
    key,
    type: 'date',
    title,
    encode: (value) => value,
    decode: (text) => (text !== null && isStorableDay(text) ? text : null),
  };
}

/** A whole number of small units, written as a decimal of the unit that people use. */
function measure(key: string, title: string, unitsInOne: number): MetafieldKind<number | null> {
  const digits = String(unitsInOne).length - 1;
  return {
    key,
    type: 'number_decimal',
    title,
    encode: (value) => {
      if (value === null) return null;
      const rest = String(value % unitsInOne).padStart(digits, '0');
      return `${Math.trunc(value / unitsInOne)}.${rest}`;
    },
    decode: (text) => {
      if (text === null || !/^\d{1,6}(?:\.\d+)?$/.test(text)) return null;
      return Math.round(Number(text) * unitsInOne);
    },
  };
}

function readInterests(text: string | null): readonly string[] {
  const value = readJson(text);
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function readSocial(text: string | null): CustomerRecord['social'] {
  const value = readJson(text);
  if (typeof value !== 'object' || value === null) return {};
  const handles = new Map(Object.entries(value));
  return Object.fromEntries(
    SOCIAL_NETWORKS.flatMap((network) => {
      const handle: unknown = handles.get(network);
      return typeof handle === 'string' && handle !== '' ? [[network, handle]] : [];
    }),
  );
}

function readJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(cleanJsonText(text));
  } catch {
    return null;
  }
}

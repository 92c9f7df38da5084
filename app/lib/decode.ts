/**
 * Small decoders for JSON from outside. Each names the path that is wrong and never casts.
 * Unknown fields are ignored, missing optional ones become null or the given default.
 */
import { parseMinor } from './money.ts';
import { isStorableId } from './storable.ts';

/** A payload without its expected shape; `path` says where. */
export class DecodeError extends Error {
  readonly path: string;
  constructor(path: string, expected: string) {
    super(`${path}: expected ${expected}`);
    this.name = 'DecodeError';
    this.path = path;
  }
}

export type JsonObject = { readonly [key: string]: unknown };

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the value as an object, or throws a DecodeError at `path`. */
export function readObject(value: unknown, path: string): JsonObject {
  if (!isObject(value)) throw new DecodeError(path, 'an object');
  return value;
}

/**
 * Returns the value as an object; null when it is absent, null or something else (documentation samples have such
 * values).
 */
export function optionalObject(value: unknown): JsonObject | null {
  return isObject(value) ? value : null;
}

/** Returns the value as a list; an absent or null one is empty. */
export function readList(value: unknown, path: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new DecodeError(path, 'a list');
  return value;
}

/** Returns the text; null when absent, null or blank. */
export function optionalText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

const DIGITS = /^\d+$/;
const YEAR_MAX = 9_999;

/** Returns an id as bigint from a JSON number, a string of digits or a gid; null when absent. */
export function optionalId(value: unknown, path: string): bigint | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  if (typeof value === 'string') {
    const digits = value.slice(value.lastIndexOf('/') + 1);
    if (DIGITS.test(digits) && isStorableId(BigInt(digits))) return BigInt(digits);
  }
  throw new DecodeError(path, 'an id');
}

/**
 * Returns the id of a resource: from its gid if there is one, because JSON numbers beyond 2^53 may already be
 * rounded.
 */
export function readId(object: JsonObject, path: string): bigint {
  const id = optionalId(object.admin_graphql_api_id ?? object.id, `${path}.id`);
  if (id === null) throw new DecodeError(`${path}.id`, 'an id');
  return id;
}

/** Returns a whole number of at least zero; `fallback` when absent or null. */
export function readCount(value: unknown, path: string, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new DecodeError(path, 'a whole number');
}

/** Returns a timestamp; null when absent. Throws for text that isn't a date. */
export function optionalTimestamp(value: unknown, path: string): Date | null {
  if (value === undefined || value === null) return null;
  const timestamp = new Date(typeof value === 'string' ? value : Number.NaN);
  const year = timestamp.getUTCFullYear();
  if (!(year >= 1 && year <= YEAR_MAX)) throw new DecodeError(path, 'a date and time');
  return timestamp;
}

/**
 * Returns a decimal amount in minor units of `currency`; null when absent. Throws for anything that isn't an amount.
 */
export function optionalAmount(value: unknown, currency: string, path: string): bigint | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' && typeof value !== 'number') throw new DecodeError(path, 'an amount');
  try {
    return parseMinor(value, currency);
  } catch {
    throw new DecodeError(path, 'an amount');
  }
}

/**
 * Returns the shop money of a `*_set` object ({shop_money: {amount, currency_code}}), or the plain amount beside it
 * in old payloads, in minor units; null when neither is present. `currency` is for amounts that don't name theirs; if
 * it is unknown, such an amount throws.
 */
export function shopMoney(
  object: JsonObject,
  field: string,
  currency: string | null,
  path: string,
): bigint | null {
  const set = optionalObject(object[`${field}_set`]);
  const money = set && optionalObject(set.shop_money);
  const amount = money ? money.amount : object[field];
  const written = optionalText(money?.currency_code) ?? currency;
  if (amount === undefined || amount === null) return null;
  if (written === null) throw new DecodeError(`${path}.${field}`, 'an amount whose currency is known');
  return optionalAmount(amount, written, `${path}.${field}`);
}

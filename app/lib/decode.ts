/**
 * Small readers for JSON that others send. Each names the path that is wrong and never casts.
 * Unknown fields are ignored, missing optional ones become null or the given default.
 */
import { parseMinor } from './money.ts';

/** A payload that does not have the shape it promised; `path` says where. */
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

/** The value as an object, or a DecodeError at `path`. */
export function readObject(value: unknown, path: string): JsonObject {
  if (!isObject(value)) throw new DecodeError(path, 'an object');
  return value;
}

/** The value as an object, null when it is absent, null or something else (documentation samples have such). */
export function optionalObject(value: unknown): JsonObject | null {
  return isObject(value) ? value : null;
}

/** The value as a list; absent or null is an empty one. */
export function readList(value: unknown, path: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new DecodeError(path, 'a list');
  return value;
}

/** Text, or null when absent, null or blank. */
export function optionalText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

const DIGITS = /^\d+$/;

/** An id as bigint from a JSON number, a string of digits or a gid; null when absent. */
export function optionalId(value: unknown, path: string): bigint | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  if (typeof value === 'string') {
    const digits = value.slice(value.lastIndexOf('/') + 1);
    if (DIGITS.test(digits)) return BigInt(digits);
  }
  throw new DecodeError(path, 'an id');
}

/** The id of a resource: its gid where there is one, because JSON numbers beyond 2^53 may already be rounded. */
export function readId(object: JsonObject, path: string): bigint {
  const id = optionalId(object.admin_graphql_api_id ?? object.id, `${path}.id`);
  if (id === null) throw new DecodeError(`${path}.id`, 'an id');
  return id;
}

/** A whole number not below zero; `fallback` when absent or null. */
export function readCount(value: unknown, path: string, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new DecodeError(path, 'a whole number');
}

/** A moment; null when absent. Throws for text that is no date. */
export function optionalMoment(value: unknown, path: string): Date | null {
  if (value === undefined || value === null) return null;
  const moment = new Date(typeof value === 'string' ? value : Number.NaN);
  if (Number.isNaN(moment.getTime())) throw new DecodeError(path, 'a date and time');
  return moment;
}

/** A decimal amount in minor units of `currency`; null when absent. Throws for what is no amount. */
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
 * Shop money of a `*_set` object ({shop_money: {amount, currency_code}}), or the plain amount beside it in old
 * payloads, in minor units; null when neither is there. `currency` is for amounts that do not name theirs.
 */
export function shopMoney(object: JsonObject, field: string, currency: string, path: string): bigint | null {
  const set = optionalObject(object[`${field}_set`]);
  const money = set && optionalObject(set.shop_money);
  const amount = money ? money.amount : object[field];
  const written = optionalText(money?.currency_code) ?? currency;
  return optionalAmount(amount, written, `${path}.${field}`);
}

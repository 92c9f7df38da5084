/**
 * The times of a record's fields as they are stored: most fields of a customer arrive together, so the time that most of
 * them share is stored once, under `*`, and only the others by name.
 */
import { RECORD_FIELDS, type FieldTimes } from './merge-fields.ts';

const SHARED = '*';

/** Milliseconds by field name, the most common under `*`; a field without a value yet is 0. */
export function packTimes(times: FieldTimes): Record<string, number> {
  const counts = new Map<number, number>();
  for (const field of RECORD_FIELDS) {
    const time = times[field] ?? 0;
    counts.set(time, (counts.get(time) ?? 0) + 1);
  }
  const [[shared] = [0]] = [...counts].toSorted(([, a], [, b]) => b - a);
  const others = RECORD_FIELDS.filter((field) => (times[field] ?? 0) !== shared);
  const named = others.map((field): [string, number] => [field, times[field] ?? 0]);
  return Object.fromEntries(shared === 0 ? named : [[SHARED, shared], ...named]);
}

/** Reads what `packTimes` wrote; anything else is no time. */
export function unpackTimes(packed: unknown): FieldTimes {
  const times = new Map<string, unknown>(
    Object.entries(typeof packed === 'object' && packed !== null ? packed : {}),
  );
  const shared = times.get(SHARED);
  const known = RECORD_FIELDS.flatMap((field): [string, number][] => {
    const time = times.get(field) ?? shared;
    return typeof time === 'number' && time > 0 ? [[field, time]] : [];
  });
  return Object.fromEntries(known);
}

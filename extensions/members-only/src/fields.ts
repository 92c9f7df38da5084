export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object that is no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object of the version that this Function knows, or null. */
export function readVersion1(value: unknown): Fields | null {
  return isFields(value) && value.v === 1 ? value : null;
}

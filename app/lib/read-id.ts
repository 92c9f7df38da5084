import { isStorableId } from './storable.ts';

const ID = /^\d{1,19}$/;

/** Parses an id from an address or a form as bigint; null when it is absent or not an id. */
export function readIdParam(text: string | null | undefined): bigint | null {
  if (typeof text !== 'string' || !ID.test(text)) return null;
  const id = BigInt(text);
  return isStorableId(id) ? id : null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Returns whether a text can be a uuid in the database; anything else would be an error there. */
export function isUuid(text: string | undefined): text is string {
  return text !== undefined && UUID.test(text);
}

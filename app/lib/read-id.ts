const ID = /^\d{1,19}$/;

/** An id from an address or a form as bigint; null when it is absent or no id. */
export function readIdParam(text: string | null | undefined): bigint | null {
  return typeof text === 'string' && ID.test(text) ? BigInt(text) : null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be a uuid of the database; anything else would be an error there. */
export function isUuid(text: string | undefined): text is string {
  return text !== undefined && UUID.test(text);
}

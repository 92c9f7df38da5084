import { DecodeError } from '#app/lib/decode.ts';
import { AppError } from '#app/lib/errors.ts';

/** A payload that cannot be read; the message names the field. Trying again does not help. */
export class MalformedPayload extends AppError {
  constructor(what: string, cause: DecodeError) {
    super('malformed_payload', `${what}: ${cause.message}`, { cause });
    this.name = 'MalformedPayload';
  }
}

/** Runs a decoder; its DecodeError becomes a MalformedPayload that says what was being read. */
export function decoding<T>(what: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DecodeError) throw new MalformedPayload(what, error);
    throw error;
  }
}

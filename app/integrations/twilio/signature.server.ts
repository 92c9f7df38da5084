// Not a documented entry of the package, and a tenth of its weight: the doors need nothing else.
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';

const SIGNATURE_HEADER = 'x-twilio-signature';
const FRAGMENT = /#.*$/s;

/** Returns what Twilio signed the request with; empty when it carries none. */
export function twilioSignatureOf(headers: Record<string, string | string[] | undefined>): string {
  const value = headers[SIGNATURE_HEADER];
  return typeof value === 'string' ? value : '';
}

/**
 * Whether this form was signed with one of the tokens (two for a day after a rotation). `url` is the address as we gave it to
 * Twilio, never one rebuilt from the request: behind a proxy its host and scheme are others.
 */
export function isSignedByTwilio(
  tokens: readonly string[],
  signature: string,
  url: string,
  form: URLSearchParams,
): boolean {
  if (signature === '') return false;
  const parameters: Record<string, string | string[]> = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name);
    parameters[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  const address = url.replace(FRAGMENT, '');
  return tokens.some((token) => token !== '' && validateRequest(token, signature, address, parameters));
}

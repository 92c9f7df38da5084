/** A run of digits that a double may not hold exactly: 16 or more. */
const LONG_INTEGER = /\d{16}/;
const INTEGER = /^-?\d{16,}$/;

type ReviverContext = { source?: string };

/**
 * JSON.parse that keeps integers beyond 2^53 (Shopify's documented ids are that long) as strings of their digits.
 * Throws SyntaxError as JSON.parse does.
 */
export function parseWebhookJson(body: string): unknown {
  if (!LONG_INTEGER.test(body)) return JSON.parse(body);
  return JSON.parse(body, function keepLongIntegers(_key: string, value: unknown, context?: ReviverContext) {
    const source = context?.source;
    return typeof value === 'number' && source !== undefined && INTEGER.test(source) ? source : value;
  });
}

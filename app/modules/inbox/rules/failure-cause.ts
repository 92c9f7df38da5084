/** What a failed event's technical line means to a merchant. */

/**
 * `unreadable`: Shopify sent what this app can't read. `shopify`: Shopify didn't do what it was asked. `unknown_event`: of a
 * kind that this app doesn't know. `ours`: a fault of this app. `none`: no reason was recorded.
 */
export type FailureCause = 'unreadable' | 'shopify' | 'unknown_event' | 'ours' | 'none';

const CAUSES: readonly (readonly [begins: string, cause: FailureCause])[] = [
  ['malformed_payload:', 'unreadable'],
  ['SyntaxError', 'unreadable'],
  ['upstream:', 'shopify'],
  ['unknown_topic:', 'unknown_event'],
];

/** Returns the cause of the line that `safeErrorText` wrote; what isn't known is a fault of ours. */
export function causeOfFailure(lastError: string | null): FailureCause {
  if (lastError === null) return 'none';
  return CAUSES.find(([begins]) => lastError.startsWith(begins))?.[1] ?? 'ours';
}

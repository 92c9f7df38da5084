/** What a first sync reads, and its progress. */

/** In the order in which they are read: orders refer to customers. */
export const SYNC_KINDS = ['customers', 'products', 'orders'] as const;
export type SyncKind = (typeof SYNC_KINDS)[number];

/**
 * `waiting`: Shopify hasn't started. `running`: Shopify collects. `reading`: its file is downloaded. `storing`:
 * orders, whose lines come in any order, are assembled and stored.
 */
export const SYNC_STATES = ['waiting', 'running', 'reading', 'storing', 'done', 'failed'] as const;
export type SyncState = (typeof SYNC_STATES)[number];

export const FINISHED_STATES: readonly SyncState[] = ['done', 'failed'];

/** Why a kind couldn't be read; shown to the merchant. */
export const SYNC_FAILURES = [
  'access_denied',
  'refused',
  'shopify_failed',
  'cancelled',
  'expired',
  'unreadable',
] as const;
export type SyncFailure = (typeof SYNC_FAILURES)[number];

const WHOLE_PERCENT = 100;
const HALF_PERCENT = 50;

export interface SyncProgress {
  kind: SyncKind;
  state: SyncState;
  /** How many Shopify has found so far. */
  found: number;
  /** How many of them the current state has processed. */
  done: number;
}

/** Returns the progress of a kind, 0 to 100. Orders are processed twice: first their lines, then whole. */
export function progressPercent({ kind, state, found, done }: SyncProgress): number {
  if (state === 'done') return WHOLE_PERCENT;
  if (state !== 'reading' && state !== 'storing') return 0;
  const share = found === 0 ? 0 : Math.min(1, done / found);
  if (kind !== 'orders') return Math.floor(share * WHOLE_PERCENT);
  return Math.floor((state === 'storing' ? 1 + share : share) * HALF_PERCENT);
}

/** Returns whether a text names a kind. */
export function isSyncKind(text: unknown): text is SyncKind {
  return SYNC_KINDS.some((kind) => kind === text);
}

/** Returns whether a text names a state. */
export function isSyncState(text: unknown): text is SyncState {
  return SYNC_STATES.some((state) => state === text);
}

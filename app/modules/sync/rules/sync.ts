/** What a first sync reads, and how far it is. */

/** In the order in which they are read: orders name customers. */
export const SYNC_KINDS = ['customers', 'products', 'orders'] as const;
export type SyncKind = (typeof SYNC_KINDS)[number];

/**
 * `waiting`: Shopify is not at it yet. `running`: Shopify collects. `reading`: its file is fetched. `storing`: orders,
 * whose lines come in any order, are put together and stored.
 */
export const SYNC_STATES = ['waiting', 'running', 'reading', 'storing', 'done', 'failed'] as const;
export type SyncState = (typeof SYNC_STATES)[number];

export const OVER_STATES: readonly SyncState[] = ['done', 'failed'];

/** Why a kind could not be read; told to the merchant in words. */
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
  /** What Shopify has found so far. */
  found: number;
  /** What the present state has worked of that. */
  done: number;
}

/** How much of a kind is there, 0 to 100. Orders are gone through twice: their lines first, then whole. */
export function progressPercent({ kind, state, found, done }: SyncProgress): number {
  if (state === 'done') return WHOLE_PERCENT;
  if (state !== 'reading' && state !== 'storing') return 0;
  const share = found === 0 ? 0 : Math.min(1, done / found);
  if (kind !== 'orders') return Math.floor(share * WHOLE_PERCENT);
  return Math.floor((state === 'storing' ? 1 + share : share) * HALF_PERCENT);
}

/** Whether a text names a kind. */
export function isSyncKind(text: unknown): text is SyncKind {
  return SYNC_KINDS.some((kind) => kind === text);
}

/** Whether a text names a state. */
export function isSyncState(text: unknown): text is SyncState {
  return SYNC_STATES.some((state) => state === text);
}

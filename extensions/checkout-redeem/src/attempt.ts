import type { ClaimRequest, ReserveRequest, ReserveWish } from '../../shared/club-api.ts';

/** The part of `shopify.storage` used here. */
export interface AttemptStorage {
  read<T = unknown>(key: string): Promise<T | null>;
  write(key: string, data: Attempt): Promise<void>;
  delete(key: string): Promise<void>;
}

/** What is sent, unchanged, until its outcome is known: a reservation, or the claim of a gift. */
export type Outgoing =
  { endpoint: 'redemptions'; request: ReserveRequest } | { endpoint: 'claims'; request: ClaimRequest };

/** One attempt to spend. */
export type Attempt = Outgoing & {
  /** Customer gid: the browser may be shared, a key belongs to one person. */
  customerId: string;
  /** Milliseconds since 1970, by the shopper's clock. */
  startedAt: number;
};

/** The cart that a reservation is for. */
type CartFields = Pick<ReserveRequest, 'cartAmount' | 'currency'>;

const STORAGE_KEY = 'attempt';

/**
 * An attempt older than this is not sent again after a reload: the shopper no longer waits for it, and the app
 * releases a reservation that is never used.
 */
const WORTH_ASKING_MS = 15 * 60 * 1000;

/** Returns the request that reserves a wish for this cart, with a fresh key. */
export function newReservation(wish: ReserveWish, { cartAmount, currency }: CartFields): Outgoing {
  return { endpoint: 'redemptions', request: { key: crypto.randomUUID(), ...wish, cartAmount, currency } };
}

/** Returns the request that claims a gift, with a fresh key. */
export function newClaim(rewardId: string): Outgoing {
  return { endpoint: 'claims', request: { key: crypto.randomUUID(), rewardId } };
}

/** Returns the reward that an attempt is about, or null for a payment. */
export function findRewardId({ request }: Attempt): string | null {
  return 'rewardId' in request ? request.rewardId : null;
}

/** Stores the attempt; must be done before its first request leaves. */
export async function storeAttempt(storage: AttemptStorage, attempt: Attempt): Promise<void> {
  await storage.write(STORAGE_KEY, attempt);
}

/** Deletes the attempt: its outcome is known. */
export async function deleteAttempt(storage: AttemptStorage): Promise<void> {
  await storage.delete(STORAGE_KEY);
}

/** Finds the attempt of this customer whose outcome is still unknown. Deletes one that is too old. */
export async function findUnfinishedAttempt(
  storage: AttemptStorage,
  customerId: string,
  now: number,
): Promise<Attempt | null> {
  const attempt = await storage.read<Attempt>(STORAGE_KEY);
  if (attempt?.customerId !== customerId) return null;
  // An attempt that an earlier version of this extension stored says no endpoint.
  const isCurrent = attempt.endpoint === 'redemptions' || attempt.endpoint === 'claims';
  if (isCurrent && now - attempt.startedAt < WORTH_ASKING_MS) return attempt;
  await deleteAttempt(storage);
  return null;
}

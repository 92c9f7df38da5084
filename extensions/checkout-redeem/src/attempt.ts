import type { ClaimRequest, ReserveRequest, ReserveWish } from '../../shared/club-api.ts';

/** The part of `shopify.storage` used here. */
export interface AttemptStorage {
  read<T = unknown>(key: string): Promise<T | null>;
  write(key: string, data: Attempt): Promise<void>;
  delete(key: string): Promise<void>;
}

/** What the shopper wishes: to pay, to take a reward, or to ask for a gift (which no cart matters to). */
export type Wish = (ReserveWish & { cartAmount: string; currency: string }) | { rewardId: string };

/** One wish to spend: what is sent, unchanged, until its outcome is known. */
export interface Attempt {
  request: ReserveRequest | ClaimRequest;
  /** Customer gid: the browser may be shared, a key belongs to one person. */
  customerId: string;
  /** Milliseconds since 1970, by the shopper's clock. */
  startedAt: number;
}

const STORAGE_KEY = 'attempt';

/**
 * An attempt older than this is not asked again after a reload: the shopper no longer waits for it, and the
 * app gives a reservation that was never used back by itself.
 */
const WORTH_ASKING_MS = 15 * 60 * 1000;

/** Makes an attempt with a fresh key. */
export function newAttempt(wish: Wish, customerId: string, now: number): Attempt {
  return { request: { key: crypto.randomUUID(), ...wish }, customerId, startedAt: now };
}

/** Whether a request reserves something for a cart; the others ask for a gift. */
export function isReservation(request: Attempt['request']): request is ReserveRequest {
  return 'cartAmount' in request;
}

/** The reward that an attempt is about, or null for a payment. */
export function rewardOf({ request }: Attempt): string | null {
  return 'rewardId' in request ? request.rewardId : null;
}

/** Keeps the attempt; must have happened before its first request leaves. */
export async function keepAttempt(storage: AttemptStorage, attempt: Attempt): Promise<void> {
  await storage.write(STORAGE_KEY, attempt);
}

/** Forgets the attempt: its outcome is known. */
export async function forgetAttempt(storage: AttemptStorage): Promise<void> {
  await storage.delete(STORAGE_KEY);
}

/** The attempt of this customer whose outcome is still unknown, or null. Drops one that is too old. */
export async function unfinishedAttempt(
  storage: AttemptStorage,
  customerId: string,
  now: number,
): Promise<Attempt | null> {
  const attempt = await storage.read<Attempt>(STORAGE_KEY);
  if (!attempt || attempt.customerId !== customerId) return null;
  if (now - attempt.startedAt < WORTH_ASKING_MS) return attempt;
  await forgetAttempt(storage);
  return null;
}

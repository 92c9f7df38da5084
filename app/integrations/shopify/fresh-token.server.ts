/** One process at a time renews a shop's offline token; all others take what it stores. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '@shopify/shopify-api';
import { env } from '#app/env.server.ts';
import { sessionStorage, unauthenticated } from '#app/shopify.server.ts';

/** A token is renewed this long before it expires; longer than the library, which would renew it without asking us. */
const RENEW_BEFORE_MS = 6 * 60_000;
/** Longer than the one request that renewing takes. */
const LEASE_MS = env.SHOPIFY_TIMEOUT_MS + 5_000;
const LOOK_EVERY_MS = 50;

/** Renewals under way in this process, by session id. */
const underWay = new Map<string, Promise<'done' | 'look_again'>>();

/**
 * Ensures that the stored token of a shop can be used: renews one that is about to expire, or that Shopify no longer
 * accepts although it hasn't expired (`refused`). Two processes that renewed at once would each get a pair of tokens, and
 * the pair that is stored last could be the one that is dead first.
 * @throws what Shopify's library throws when the renewal fails: a Response, or its own errors
 */
export async function ensureFreshToken(shopDomain: string, refused: string | null): Promise<void> {
  const id = `offline_${shopDomain}`;
  for (;;) {
    const session = await sessionStorage.loadSession(id);
    if (!session || !isStale(session, refused)) return;
    const renewal = underWay.get(id) ?? renew(shopDomain, id, refused).finally(() => underWay.delete(id));
    underWay.set(id, renewal);
    if ((await renewal) === 'done') return;
  }
}

function isStale({ accessToken, expires, refreshToken }: Session, refused: string | null): boolean {
  if (!refreshToken) return false;
  if (refused !== null && accessToken === refused) return true;
  return expires !== undefined && expires.getTime() - Date.now() < RENEW_BEFORE_MS;
}

/** Renews the token, or waits a moment when another process is renewing it. */
async function renew(shopDomain: string, id: string, refused: string | null): Promise<'done' | 'look_again'> {
  if (!(await sessionStorage.claimRenewal(id, LEASE_MS))) {
    await sleep(LOOK_EVERY_MS);
    return 'look_again';
  }
  try {
    // Another process may have ended its renewal between the look and the claim.
    const session = await sessionStorage.loadSession(id);
    if (!session || !isStale(session, refused)) return 'done';
    await sessionStorage.markExpired(session);
    // The library renews a token that has expired, and stores the new pair.
    await unauthenticated.admin(shopDomain);
    return 'done';
  } finally {
    await sessionStorage.endRenewal(id);
  }
}

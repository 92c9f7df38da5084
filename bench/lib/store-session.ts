import { Session } from '@shopify/shopify-api';
import { sessionStorage } from '#app/shopify.server.ts';

const HOUR_MS = 3_600_000;

/** Lets the app of this process use a shop's API with this access token, for an hour. */
export async function storeOfflineSession(domain: string, accessToken: string): Promise<void> {
  const expires = new Date(Date.now() + HOUR_MS);
  await sessionStorage.storeSession(
    new Session({
      id: `offline_${domain}`,
      shop: domain,
      state: '',
      isOnline: false,
      accessToken,
      expires,
      refreshToken: 'unused',
      refreshTokenExpires: expires,
    }),
  );
}

import { Session } from '@shopify/shopify-api';
import { sessionStorage } from '#app/shopify.server.ts';
import { TEST_ENVIRONMENT } from './environment.ts';
import { sessionToken } from './session-token.ts';

const HOUR_MS = 3_600_000;
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) Setia-Test';

/** Lets requests of this shop through without asking Shopify for a token. */
export async function givenSession(shop: string): Promise<void> {
  await sessionStorage.storeSession(
    new Session({
      id: `offline_${shop}`,
      shop,
      state: '',
      isOnline: false,
      accessToken: 'test-token',
      expires: new Date(Date.now() + HOUR_MS),
      refreshToken: 'test-refresh',
      refreshTokenExpires: new Date(Date.now() + 24 * HOUR_MS),
    }),
  );
}

/** What Remix passes to a loader or action. */
export interface RouteArgs {
  request: Request;
  params: Record<string, string>;
  context: Record<string, never>;
}

/** A request as the embedded app's browser sends it, with the session token of `shop` unless another is given. */
export function adminArgs(
  shop: string,
  path: string,
  request: {
    json?: unknown;
    form?: Record<string, string>;
    token?: string | null;
    params?: Record<string, string>;
  } = {},
): RouteArgs {
  const headers = new Headers({ 'user-agent': BROWSER });
  const token = request.token === undefined ? sessionToken(shop) : request.token;
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  const body =
    request.json !== undefined
      ? JSON.stringify(request.json)
      : request.form && new URLSearchParams(request.form);
  if (request.json !== undefined) headers.set('content-type', 'application/json');
  return {
    request: new Request(`${TEST_ENVIRONMENT.SHOPIFY_APP_URL}${path}`, {
      headers,
      ...(body === undefined ? {} : { method: 'POST', body }),
    }),
    params: request.params ?? {},
    context: {},
  };
}

/** The Response or route error that a loader or action throws; fails when it throws none. */
export async function thrownBy(work: Promise<unknown>): Promise<{ status: number; headers: Headers }> {
  const answer = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (answer instanceof Response) return answer;
  const { init } = answer as { init?: { status: number } };
  if (!init) throw answer instanceof Error ? answer : new Error('no Response was thrown');
  return { status: init.status, headers: new Headers() };
}

/** What an action returns, with its status. */
export async function answerOf(work: Promise<unknown>): Promise<{ status: number; data: unknown }> {
  const { data, init } = (await work) as { data: unknown; init: { status: number } };
  return { data, status: init.status };
}

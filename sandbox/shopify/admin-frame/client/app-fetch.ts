import type { Channel } from './channel.ts';

const RETRY_HEADER = 'X-Shopify-Retry-Invalid-Session-Request';
const REAUTHORIZE_HEADER = 'X-Shopify-API-Request-Failure-Reauthorize-Url';

/**
 * Makes `fetch` send an id token to the app's own origin, as App Bridge does: retries once with a fresh one when the
 * app says that the session is invalid, and follows its request to authorise again.
 */
export function authenticateFetch(channel: Channel): void {
  const plainFetch = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const isOwn = new URL(request.url).origin === location.origin;
    if (!isOwn || request.headers.has('authorization')) return plainFetch(request);
    const response = await plainFetch(await signed(request.clone(), channel, false));
    if (response.headers.has(RETRY_HEADER)) return plainFetch(await signed(request, channel, true));
    const address = response.headers.get(REAUTHORIZE_HEADER);
    if (address) open(address, '_top');
    return response;
  };
}

async function signed(request: Request, channel: Channel, fresh: boolean): Promise<Request> {
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${await channel.token(fresh)}`);
  headers.set('x-requested-with', 'XMLHttpRequest');
  return new Request(request, { headers });
}

import type { Exchange } from '../../router.ts';

/** The value of a cookie of the request, or undefined. */
export function cookieOf(exchange: Exchange, name: string): string | undefined {
  for (const pair of (exchange.request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) return decodeURIComponent(value.join('='));
  }
  return undefined;
}

/** The club through the shop's app proxy: same origin, the shop's own sign-in, no token. */
import type {
  ClaimAnswer,
  ClubView,
  ExpectedView,
  JoinAnswer,
  PricesView,
  ReleaseAnswer,
  ReserveAnswer,
  ReserveWish,
} from '../shared/club-api.ts';
import { toAmount, toLines, type Cart } from './cart.ts';

/** An answer, or the status without one: 0 for no connection. */
export type Answer<T> = { status: number; body: T | null };

export interface Api {
  club: (cart: Cart) => Promise<Answer<ClubView>>;
  earning: (cart: Cart) => Promise<Answer<ExpectedView>>;
  prices: (product: string) => Promise<Answer<PricesView>>;
  reserve: (key: string, cart: Cart, wish: ReserveWish) => Promise<Answer<ReserveAnswer>>;
  claim: (key: string, rewardId: string) => Promise<Answer<ClaimAnswer>>;
  /** `isUnapplied`: the cart did not take the code; the answer may then say why. */
  release: (id: string, isUnapplied: boolean) => Promise<Answer<ReleaseAnswer>>;
  join: () => Promise<Answer<JoinAnswer>>;
}

/** The server waits for Shopify itself; longer than that no shopper waits. */
const TIMEOUT_MS = 15_000;

/** @param base the shop's root with the proxy's path, as `/id/apps/setia` */
export function createApi(base: string): Api {
  const ask = async <T>(path: string, body?: object): Promise<Answer<T>> => {
    try {
      const response = await fetch(`${base}/${path}`, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body && {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      const isJson = response.headers.get('content-type')?.includes('json');
      const answer: unknown = isJson ? await response.json() : null;
      return { status: response.status, body: isAnswer<T>(answer) ? answer : null };
    } catch {
      return { status: 0, body: null };
    }
  };
  const query = (path: string, values: Record<string, string>) =>
    `${path}?${new URLSearchParams(values).toString()}`;
  return {
    club: (cart) => ask(query('club', { cartAmount: toAmount(cart), currency: cart.currency })),
    earning: (cart) => ask(query('earning', { currency: cart.currency, lines: toLines(cart) })),
    prices: (product) => ask(query('prices', { product })),
    reserve: (key, cart, wish) =>
      ask('redemptions', { key, cartAmount: toAmount(cart), currency: cart.currency, ...wish }),
    claim: (key, rewardId) => ask('claims', { key, rewardId }),
    release: (id, isUnapplied) => ask(`redemptions/${id}/release${isUnapplied ? '?unapplied=yes' : ''}`, {}),
    join: () => ask('membership', {}),
  };
}

/** The other side is our own app: only what something in between may say is told apart. */
function isAnswer<T>(body: unknown): body is T {
  return typeof body === 'object' && body !== null;
}

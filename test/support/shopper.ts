/** A signed-in customer at the checkout of one shop, as the extension sees them. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClubView, ClubWallet, ReserveAnswer } from '../../extensions/shared/club-api.ts';
import type { TestApp } from './app.ts';
import { waitUntil } from './figures.ts';
import { customerToken } from './session-token.ts';

export interface PlacedOrder {
  id: number;
  name: string;
}

interface Figures {
  balance: number;
  available: number;
  held: number;
  debt: number;
}

/** As a shopper's browser names itself. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) Setia-Test';
const CLUB_PATH = '/api/club';
/** Longer than Shopify's bucket needs; a shopper who is out of turns waits longer. */
const WAIT_SECONDS_MAX = 10;

/** The sandbox's view of a discount code. */
export interface CodeSeen {
  code: string;
  status: string;
  usageCount: number;
}

export interface Shopper {
  id: number;
  club(): Promise<ClubView>;
  /** Requests the club; returns the status. */
  clubStatus(): Promise<number>;
  figures(): Promise<Figures>;
  /** Waits until the club shows exactly these figures. */
  expectFigures(wanted: Figures): Promise<void>;
  /** Requests a code; with a key of its own unless one is given. */
  reserve(units: number, key?: string): Promise<ReserveAnswer>;
  release(redemptionId: string): Promise<{ status: number; json: unknown }>;
  /** Buys one unit at this price in whole units of the shop's currency. */
  order(price: number, discountCodes?: string[]): Promise<PlacedOrder>;
}

/** Adds a customer to a shop of the sandbox. */
export async function newShopper(app: TestApp, shop: string, firstName = 'Wulan'): Promise<Shopper> {
  const made = await app.control<{ customer: { id: number } }>('POST', 'customers', {
    shop,
    firstName,
    lastName: 'Pratiwi',
    email: `${firstName.toLowerCase()}.${randomUUID().slice(0, 8)}@example.com`,
  });
  return shopperOf(app, shop, made.customer.id);
}

/** A customer with this number, whether or not the shop has one. */
export function shopperOf(app: TestApp, shop: string, id: number): Shopper {
  const currency = shop.includes('usd') ? 'USD' : 'IDR';
  /** Waits, as the extension asks the shopper to, where the shop's budget at Shopify is spent for a moment. */
  const call = async <T>(path: string, body?: unknown): Promise<{ status: number; json: T }> => {
    const response = await fetch(`${app.appUrl}${path}`, {
      headers: {
        'user-agent': BROWSER,
        'content-type': 'application/json',
        authorization: `Bearer ${customerToken(shop, id)}`,
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const waitSeconds = Number(response.headers.get('retry-after') ?? 0);
    if (response.status === 429 && waitSeconds <= WAIT_SECONDS_MAX) {
      await sleep(waitSeconds * 1_000);
      return call(path, body);
    }
    return { status: response.status, json: text === '' ? null : JSON.parse(text) };
  };
  const club = async () =>
    (await call<ClubView>(`${CLUB_PATH}?cartAmount=1000000.00&currency=${currency}`)).json;
  const figures = async (): Promise<Figures> =>
    figuresOf((await club()).wallets.find(({ unit }) => unit === 'POINTS'));
  return {
    id,
    club,
    clubStatus: async () => (await call(CLUB_PATH)).status,
    figures,
    async expectFigures(wanted) {
      const text = JSON.stringify(wanted);
      let seen = '';
      const isSo = async (): Promise<boolean> => (seen = JSON.stringify(await figures())) === text;
      await waitUntil(`customer ${id} has ${text}`, isSo, 20_000).catch((error: unknown) => {
        throw new Error(`customer ${id} has ${seen}, expected ${text}`, { cause: error });
      });
    },
    async reserve(units, key = randomUUID()) {
      const body = {
        kind: 'pay',
        key,
        unit: 'POINTS',
        units: String(units),
        cartAmount: '1000000.00',
        currency,
      };
      return (await call<ReserveAnswer>('/api/redemptions', body)).json;
    },
    release: (redemptionId) => call(`/api/redemptions/${redemptionId}/release`, {}),
    async order(price, discountCodes = []) {
      const lines = [{ title: 'Kain', price: price.toFixed(2), quantity: 1 }];
      const body = { shop, customer: id, lines, discountCodes, paid: true };
      return (await app.control<{ order: PlacedOrder }>('POST', 'orders', body)).order;
    },
  };
}

function figuresOf(wallet: ClubWallet | undefined): Figures {
  const { balance, available, held, debt } = wallet ?? { balance: NaN, available: NaN, held: NaN, debt: NaN };
  return { balance: Number(balance), available: Number(available), held: Number(held), debt: Number(debt) };
}

/** Lists the codes of a shop at the sandbox whose name is one of Setia's, newest first. */
export async function codesAt(app: TestApp, shop: string): Promise<CodeSeen[]> {
  const { codes } = await app.control<{ codes: CodeSeen[] }>('GET', `codes?shop=${shop}&limit=1000`);
  return codes.filter(({ code }) => code.startsWith('SETIA-'));
}

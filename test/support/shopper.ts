/** A signed-in customer at the checkout of one shop, as the extension calls for them. */
import { randomUUID } from 'node:crypto';
import type { ClubView, ClubWallet, ReserveAnswer } from '../../extensions/shared/club-api.ts';
import { callClub } from '../../scripts/lib/shop-visit.ts';
import type { TestApp } from './app.ts';
import { waitUntil } from './figures.ts';

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

/** The sandbox's view of a discount code. */
export interface CodeSeen {
  code: string;
  status: string;
  usageCount: number;
}

export interface Shopper {
  id: number;
  club(): Promise<ClubView>;
  figures(): Promise<Figures>;
  /** Waits until the club shows exactly these figures. */
  expectFigures(wanted: Figures): Promise<void>;
  /** Asks for a code; with a key of its own unless one is given. */
  reserve(units: number, key?: string): Promise<ReserveAnswer>;
  release(redemptionId: string): Promise<{ status: number; json: unknown }>;
  /** Buys one piece at this price in whole units of the shop's currency. */
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

/** An existing customer of a shop. */
export function shopperOf(app: TestApp, shop: string, id: number): Shopper {
  const currency = shop.includes('usd') ? 'USD' : 'IDR';
  const call = <T>(path: string, body?: unknown) =>
    callClub<T>(app, shop, `gid://shopify/Customer/${id}`, path, body);
  const club = async () =>
    (await call<ClubView>(`/api/club?cartAmount=1000000.00&currency=${currency}`)).json;
  const figures = async (): Promise<Figures> =>
    figuresOf((await club()).wallets.find(({ unit }) => unit === 'POINTS'));
  return {
    id,
    club,
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
      const body = { key, unit: 'POINTS', units: String(units), cartAmount: '1000000.00', currency };
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

/** The codes of a shop at the sandbox whose name is one of Setia's, newest first. */
export async function codesAt(app: TestApp, shop: string): Promise<CodeSeen[]> {
  const { codes } = await app.control<{ codes: CodeSeen[] }>('GET', `codes?shop=${shop}&limit=1000`);
  return codes.filter(({ code }) => code.startsWith('SETIA-'));
}

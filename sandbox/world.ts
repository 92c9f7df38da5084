import { randomUUID } from 'node:crypto';

import { seedShops } from './seed.ts';
import type {
  Customer,
  DiscountCode,
  Order,
  Product,
  RequestRecord,
  ShopState,
  WorldState,
} from './state.ts';

export type * from './state.ts';

/** One thing a merchant or shopper did, with every topic it gives rise to; they share one event id. */
export type MerchantAction = {
  shop: string;
  eventId: string;
  messages: { topic: string; payload: unknown }[];
};

const FIRST_ID = 7_100_000_000_011;
const ID_STEP = 7;
const KEPT_REQUESTS = 2_000;

/** Ids given out at run time start here plus ten for every millisecond since 2026. */
const FIRST_RUN_ID = 7_200_000_000_000;
const RUN_IDS_SINCE = Date.UTC(2026, 0, 1);

/** Raised for something the caller asked for that this world does not have; control API and pages answer 404. */
export class UnknownError extends Error {
  override name = 'UnknownError';
}

/**
 * The state of the sandbox's shops, in memory. Domain functions change `state` and then `announce` the action;
 * the webhook sender listens with `onAction`.
 */
export class World {
  state: WorldState;
  readonly #listeners: ((action: MerchantAction) => void)[] = [];

  constructor(state?: WorldState) {
    this.state = state ? withLaterParts(state) : freshState();
    this.#skipUsedIds(0);
  }

  /** The sandbox's own time in milliseconds since the epoch: the machine's clock plus the set offset. */
  now(): number {
    return Date.now() + this.state.clockOffsetMs;
  }

  /** The sandbox's own time as ISO text. */
  instant(): string {
    return new Date(this.now()).toISOString();
  }

  /** A new id, unique in this world, 13 digits as on Shopify. */
  nextId(): number {
    const id = this.state.nextId;
    this.state.nextId += ID_STEP;
    return id;
  }

  /** The state of a shop by its domain. Throws `UnknownError` when there is none. */
  shop(domain: string): ShopState {
    const found = this.state.shops[domain];
    if (!found) throw new UnknownError(`no shop ${domain} in the sandbox`);
    return found;
  }

  /** Every shop's domain, in the order of the seed. */
  shopDomains(): string[] {
    return Object.keys(this.state.shops);
  }

  /** A customer by numeric id, gid or e-mail address, or undefined. */
  findCustomer(domain: string, reference: string | number): Customer | undefined {
    const text = String(reference);
    const id = idOf(text);
    return this.shop(domain).customers.find((customer) => customer.id === id || customer.email === text);
  }

  /** An order by numeric id, gid or name (`#1001`), or undefined. */
  findOrder(domain: string, reference: string | number): Order | undefined {
    const text = String(reference);
    const id = idOf(text);
    return this.shop(domain).orders.find((order) => order.id === id || order.name === text);
  }

  /** A product by numeric id, gid or handle, or undefined. */
  findProduct(domain: string, reference: string | number): Product | undefined {
    const text = String(reference);
    const id = idOf(text);
    return this.shop(domain).products.find((product) => product.id === id || product.handle === text);
  }

  /** A discount by its code, whatever the case, or undefined. */
  findDiscount(domain: string, code: string): DiscountCode | undefined {
    const wanted = code.trim().toUpperCase();
    return this.shop(domain).discounts.find((discount) => discount.code.toUpperCase() === wanted);
  }

  /** Tells the webhook sender what happened. Payloads must be finished objects: they are serialised at once. */
  announce(domain: string, messages: MerchantAction['messages']): void {
    const action = { shop: domain, eventId: randomUUID(), messages };
    for (const listener of this.#listeners) listener(action);
  }

  /** Registers a listener for every announced action. */
  onAction(listener: (action: MerchantAction) => void): void {
    this.#listeners.push(listener);
  }

  /** Keeps a call of the app for `GET /_control/requests`; the oldest fall out. */
  recordRequest(record: RequestRecord): void {
    this.state.requests.push(record);
    if (this.state.requests.length > KEPT_REQUESTS) this.state.requests.shift();
  }

  /** Back to the seed. Tokens stay unless `tokens` is true, so that an installed app goes on working. */
  reset(options: { tokens?: boolean } = {}): void {
    const before = this.state;
    this.state = freshState();
    this.#skipUsedIds(before.nextId);
    if (options.tokens) return;
    for (const [domain, shop] of Object.entries(this.state.shops)) {
      shop.tokens = before.shops[domain]?.tokens ?? [];
      shop.grantedScopes = before.shops[domain]?.grantedScopes ?? null;
    }
  }

  /**
   * Never gives an id twice, not after a reset or a restart without a snapshot either: the app's database may
   * still know the orders of before, and would take a new order with an old id for the old one.
   */
  #skipUsedIds(used: number): void {
    const byTime = FIRST_RUN_ID + (Date.now() - RUN_IDS_SINCE) * 10;
    this.state.nextId = Math.max(this.state.nextId, used, byTime);
  }
}

/** The seed as a new state. Its ids are the same every time. */
function freshState(): WorldState {
  let nextId = FIRST_ID;
  const takeId = () => {
    nextId += ID_STEP;
    return nextId;
  };
  const shops = seedShops(takeId);
  return {
    version: 1,
    nextId: nextId + ID_STEP,
    clockOffsetMs: 0,
    shops: Object.fromEntries(shops.map((shop) => [shop.shop.domain, shop])),
    deliveries: [],
    requests: [],
    faults: [],
  };
}

/** What a snapshot of an older sandbox does not have yet, as the seed has it. */
function withLaterParts(state: WorldState): WorldState {
  const fresh = freshState();
  for (const [domain, shop] of Object.entries(state.shops)) {
    const seeded = fresh.shops[domain];
    if (!seeded) continue;
    state.shops[domain] = {
      ...seeded,
      ...shop,
      products: shop.products.map((product) => ({ ...LATER_PRODUCT_PARTS, ...product })),
    };
  }
  return state;
}

const LATER_PRODUCT_PARTS = { status: 'ACTIVE' as const, metafields: [] };

/** The numeric id in a gid or in plain digits, or NaN. */
export function idOf(reference: string | number): number {
  const match = /^(?:gid:\/\/shopify\/\w+\/)?(\d+)(?:\?.*)?$/.exec(String(reference));
  return match ? Number(match[1]) : Number.NaN;
}

/** The global id of a resource: `gid('Customer', 7)` is `gid://shopify/Customer/7`. */
export function gid(resource: string, id: number): string {
  return `gid://shopify/${resource}/${id}`;
}

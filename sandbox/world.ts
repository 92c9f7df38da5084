import { randomUUID } from 'node:crypto';

import { findById } from './find-by-id.ts';
import { seedShops } from './seed.ts';
import { seedTwilio } from './twilio/seed.ts';
import type { TwilioState } from './twilio/state.ts';
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

/** One action of a merchant or shopper, with every topic it triggers; they share one event id. */
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

/** Thrown when something requested doesn't exist in this world; control API and pages respond 404. */
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

  /** What Twilio knows. */
  get twilio(): TwilioState {
    return (this.state.twilio ??= seedTwilio());
  }

  /** The state of a shop by its domain. Throws `UnknownError` when there is none. */
  shop(domain: string): ShopState {
    const found = this.state.shops[domain];
    if (!found) throw new UnknownError(`no shop ${domain} in the sandbox`);
    return found;
  }

  /** Runs `work` at another moment of this world; it must be done when it returns. */
  at<Result>(moment: string, work: () => Result): Result {
    const { clockOffsetMs } = this.state;
    this.state.clockOffsetMs = Date.parse(moment) - Date.now();
    try {
      return work();
    } finally {
      this.state.clockOffsetMs = clockOffsetMs;
    }
  }

  /** Adds a shop that begins as the seed's shop `like` did, under ids of its own. */
  openShop(domain: string, like: string): ShopState {
    const state = seedShops(() => this.nextId()).find(({ shop }) => shop.domain === like);
    if (!state) throw new UnknownError(`no shop ${like} in the seed`);
    state.shop = { ...state.shop, id: this.nextId(), domain };
    this.state.shops[domain] = state;
    return state;
  }

  /** Every shop's domain, in the order of the seed. */
  shopDomains(): string[] {
    return Object.keys(this.state.shops);
  }

  /** A customer by numeric id, gid or e-mail address, or undefined. */
  findCustomer(domain: string, reference: string | number): Customer | undefined {
    const text = String(reference);
    const id = idOf(text);
    const { customers } = this.shop(domain);
    return findById(customers, id) ?? customers.find((customer) => customer.email === text);
  }

  /** An order by numeric id, gid or name (`#1001`), or undefined. */
  findOrder(domain: string, reference: string | number): Order | undefined {
    const text = String(reference);
    const id = idOf(text);
    const { orders } = this.shop(domain);
    return findById(orders, id) ?? orders.find((order) => order.name === text);
  }

  /** A product by numeric id, gid or handle, or undefined. */
  findProduct(domain: string, reference: string | number): Product | undefined {
    const text = String(reference);
    const id = idOf(text);
    return this.shop(domain).products.find((product) => product.id === id || product.handle === text);
  }

  /** Finds a discount by its code, ignoring case, or undefined. */
  findDiscount(domain: string, code: string): DiscountCode | undefined {
    const wanted = code.trim().toUpperCase();
    return this.shop(domain).discounts.find((discount) => discount.code.toUpperCase() === wanted);
  }

  /** Notifies the webhook sender. Payloads must be finished objects: they are serialised at once. */
  announce(domain: string, messages: MerchantAction['messages']): void {
    const action = { shop: domain, eventId: randomUUID(), messages };
    for (const listener of this.#listeners) listener(action);
  }

  /** Registers a listener for every announced action. */
  onAction(listener: (action: MerchantAction) => void): void {
    this.#listeners.push(listener);
  }

  /** Stores a call of the app for `GET /_control/requests`; the oldest are dropped. */
  recordRequest(record: RequestRecord): void {
    this.state.requests.push(record);
    if (this.state.requests.length > KEPT_REQUESTS) this.state.requests.shift();
  }

  /** Resets to the seed. Tokens stay unless `tokens` is true, so that an installed app keeps working. */
  reset(options: { tokens?: boolean } = {}): void {
    const before = this.state;
    this.state = freshState();
    this.#skipUsedIds(before.nextId);
    if (options.tokens) return;
    // As the app's tokens, the accounts that it has at Twilio stay.
    const { accounts, services, numbers } = before.twilio ?? seedTwilio();
    this.state.twilio = { ...seedTwilio(), accounts, services, numbers };
    for (const [domain, shop] of Object.entries(this.state.shops)) {
      shop.tokens = before.shops[domain]?.tokens ?? [];
      shop.grantedScopes = before.shops[domain]?.grantedScopes ?? null;
    }
  }

  /**
   * Never assigns an id twice, not even after a reset or a restart without a snapshot: the app's database may still
   * have the earlier orders, and would take a new order with an old id for the old one.
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

/** Fills what a snapshot of an older sandbox lacks from the seed. */
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

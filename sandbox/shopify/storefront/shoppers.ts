import { randomUUID } from 'node:crypto';
import type { Exchange } from '../../router.ts';
import type { Customer } from '../../state.ts';
import type { World } from '../../world.ts';
import { cookieOf } from '../ui/cookies.ts';
import { findById } from '../../find-by-id.ts';

/** One browser in one shop: who is signed in, what is in the cart. */
export interface Shopper {
  /** Numeric id of the signed-in customer, or null for a guest. */
  customerId: number | null;
  lines: { variantId: number; quantity: number }[];
  /** Discount codes of the checkout, in the order they were added. */
  codes: string[];
}

const LARGEST_QUANTITY = 999;

/** The shoppers of this sandbox, by browser and shop; only in memory. */
export class Shoppers {
  readonly #byKey = new Map<string, Shopper>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** The shopper behind a request; a new browser gets a cookie. A customer who no longer exists is signed out. */
  of(exchange: Exchange, domain: string): Shopper {
    const key = `${browserOf(exchange)} ${domain}`;
    const shopper = this.#byKey.get(key) ?? { customerId: null, lines: [], codes: [] };
    this.#byKey.set(key, shopper);
    const { customers, products } = this.#world.shop(domain);
    if (!customers.some(({ id }) => id === shopper.customerId)) shopper.customerId = null;
    const variants = new Set(products.flatMap((product) => product.variants.map(({ id }) => id)));
    shopper.lines = shopper.lines.filter(({ variantId }) => variants.has(variantId));
    return shopper;
  }

  /** The signed-in customer, or null. */
  customerOf(domain: string, shopper: Shopper): Customer | null {
    return findById(this.#world.shop(domain).customers, shopper.customerId) ?? null;
  }
}

/** Adds to a variant's quantity in the cart, or sets it; 0 removes it. */
export function changeLine(
  shopper: Shopper,
  variantId: number,
  change: { add?: number; set?: number },
): void {
  const before = shopper.lines.find((line) => line.variantId === variantId)?.quantity ?? 0;
  const quantity = Math.min(change.set ?? before + (change.add ?? 0), LARGEST_QUANTITY);
  if (before > 0) {
    shopper.lines = shopper.lines
      .map((line) => (line.variantId === variantId ? { variantId, quantity } : line))
      .filter((line) => line.quantity > 0);
  } else if (quantity > 0) {
    shopper.lines.push({ variantId, quantity });
  }
}

function browserOf(exchange: Exchange): string {
  // Cookies ignore ports: two sandboxes on one machine would share them by name.
  const name = `shopper_${exchange.url.port}`;
  const known = cookieOf(exchange, name);
  if (known) return known;
  const browser = randomUUID();
  exchange.response.appendHeader('set-cookie', `${name}=${browser}; Path=/; HttpOnly; SameSite=Lax`);
  return browser;
}

import { randomUUID } from 'node:crypto';
import type { Exchange } from '../../router.ts';
import type { World } from '../../world.ts';
import { cookieOf } from '../ui/cookies.ts';

/** A device of a shop: its cart, who is signed in, and whether it has a connection. */
export interface TillState {
  lines: { uuid: string; variantId: number; quantity: number }[];
  /** Discount codes, in the order they were added. */
  codes: string[];
  /** The discount that staff typed; one at a time, and never beside codes. */
  manualMinor: number | null;
  customerId: number | null;
  isOffline: boolean;
  /** The signed-in user may use the app. */
  mayUseApp: boolean;
  transactions: number;
}

/** The tills of this sandbox, by browser and shop; only in memory. */
export class Tills {
  readonly #byKey = new Map<string, TillState>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** The till behind a request; a new browser gets a cookie. A customer who no longer exists leaves the cart. */
  of(exchange: Exchange, domain: string): TillState {
    const key = `${deviceOf(exchange)} ${domain}`;
    const till = this.#byKey.get(key) ?? newTill();
    this.#byKey.set(key, till);
    const { customers } = this.#world.shop(domain);
    if (!customers.some(({ id }) => id === till.customerId)) till.customerId = null;
    return till;
  }
}

function newTill(): TillState {
  return {
    ...{ lines: [], codes: [], manualMinor: null, customerId: null },
    ...{ isOffline: false, mayUseApp: true, transactions: 0 },
  };
}

/** Empties the cart for the next customer. */
export function clearTill(till: TillState): void {
  Object.assign(till, { lines: [], codes: [], manualMinor: null, customerId: null });
}

/** Adds units of a variant, or takes them away; a line without units leaves the cart. */
export function addToTill(till: TillState, variantId: number, add: number): void {
  const line = till.lines.find((each) => each.variantId === variantId);
  if (line) line.quantity += add;
  else till.lines.push({ uuid: randomUUID(), variantId, quantity: add });
  till.lines = till.lines.filter(({ quantity }) => quantity > 0);
}

function deviceOf(exchange: Exchange): string {
  // Cookies ignore ports: two sandboxes on one machine would share them by name.
  const name = `till_${exchange.url.port}`;
  const known = cookieOf(exchange, name);
  if (known) return known;
  const device = randomUUID();
  exchange.response.appendHeader('set-cookie', `${name}=${device}; Path=/; HttpOnly; SameSite=Lax`);
  return device;
}

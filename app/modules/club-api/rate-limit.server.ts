/**
 * How often shoppers may reserve, release, claim and join, and how often a page may ask. Each such request is cheap to send and costs a transaction
 * and calls at Shopify, whose budget all of a shop's requests share. The limits are in this process's memory: a request
 * that is refused then costs nothing, which a count in the database would not allow; with several web processes a
 * shopper has the limit of each. What must be exact, the codes of a customer in an hour, is counted with the reservation
 * (`tooManyReservations`).
 */
import { LRUCache } from 'lru-cache';
import { secondsUntilBudget } from '#app/integrations/shopify/api-budget.server.ts';
import { shopperRequestsRefused } from '#app/lib/metrics.server.ts';

/** A bucket of turns: `burst` at once, then `perSecond`. */
interface Rate {
  burst: number;
  perSecond: number;
}

/** A shopper changes their mind some times; and the checkout asks again when an answer is lost. */
const SHOPPER: Rate = { burst: 20, perSecond: 1 / 6 };
/** Twice the codes that Shopify creates in a shop of the largest plan, where one costs 10 of 1,000 points a second. */
const SHOP: Rate = { burst: 4_000, perSecond: 200 };
/** A page asks once when it is opened, and again when its cart changes. */
const READER: Rate = { burst: 60, perSecond: 1 };
/** All guests of a shop together: they have no number, and what they ask for is the same for all. */
const GUESTS: Rate = { burst: 4_000, perSecond: 400 };
/** Forms that someone fills in once, and again when something was wrong. */
const FORM: Rate = { burst: 8, perSecond: 1 / 300 };
/** Those of everyone in a shop together. */
const FORMS: Rate = { burst: 120, perSecond: 1 / 20 };
/** The part of a shop's Admin API budget that shoppers leave to staff, jobs and each other's releases. */
const BUDGET_KEPT = 0.25;

const MS_PER_SECOND = 1_000;
const BUCKETS_MAX = 100_000;
const buckets = new LRUCache<string, { turns: number; atMs: number }>({ max: BUCKETS_MAX });

/** A till serves one customer after another; staff in the admin press less often. */
const STAFF: Rate = { burst: 60, perSecond: 1 };

interface ShopTurn {
  shopId: bigint;
  shopDomain: string;
  /** Whether the request makes a code at Shopify. */
  isAtShopify: boolean;
}

export interface TurnRequest extends ShopTurn {
  customerId: bigint;
}

/**
 * Takes the turn of one request that changes something. Returns null, or the seconds after which to try again: answer
 * 429 then, and do nothing else.
 */
export function takeTurn({ customerId, ...turn }: TurnRequest): number | null {
  return take(turn, `${turn.shopId}:${customerId}`, SHOPPER, 'shopper');
}

/** As `takeTurn`, for a member of staff, of any customer's. */
export function takeStaffTurn({ userId, ...turn }: ShopTurn & { userId: string }): number | null {
  return take(turn, `${turn.shopId}:staff:${userId}`, STAFF, 'staff');
}

function take(
  { shopId, shopDomain, isAtShopify }: ShopTurn,
  who: string,
  rate: Rate,
  limitOfWho: 'shopper' | 'staff',
): number | null {
  const shop = String(shopId);
  const waits = {
    who: secondsUntilTurn(who, rate),
    shop: secondsUntilTurn(shop, SHOP),
    budget: isAtShopify ? secondsUntilBudget(shopDomain, BUDGET_KEPT) : 0,
  };
  const longest = Math.max(waits.who, waits.shop, waits.budget);
  if (longest === 0) {
    spendTurn(who, rate);
    spendTurn(shop, SHOP);
    return null;
  }
  const limit = waits.who > 0 ? limitOfWho : waits.shop > 0 ? 'shop' : 'budget';
  shopperRequestsRefused.inc({ limit });
  return Math.ceil(longest);
}

/**
 * Takes the turn of one request of a shop's page that changes nothing; a guest has no customer's number. Returns null, or the
 * seconds after which to try again.
 */
export function takeReadTurn(shopDomain: string, customerId: bigint | null): number | null {
  const [key, rate] =
    customerId === null ? [`reads ${shopDomain}`, GUESTS] : [`reads ${shopDomain}:${customerId}`, READER];
  const wait = secondsUntilTurn(key, rate);
  if (wait > 0) {
    shopperRequestsRefused.inc({ limit: customerId === null ? 'shop' : 'shopper' });
    return Math.ceil(wait);
  }
  spendTurn(key, rate);
  return null;
}

/** Takes the turn of a form that anyone may send. Returns null, or the seconds after which to try again. */
export function takeFormTurn(shopDomain: string, address: string): number | null {
  const one = `forms ${shopDomain} ${address}`;
  const all = `forms ${shopDomain}`;
  const [own, together] = [secondsUntilTurn(one, FORM), secondsUntilTurn(all, FORMS)];
  const wait = Math.max(own, together);
  if (wait > 0) {
    shopperRequestsRefused.inc({ limit: own > 0 ? 'shopper' : 'shop' });
    return Math.ceil(wait);
  }
  spendTurn(one, FORM);
  spendTurn(all, FORMS);
  return null;
}

function turnsOf(key: string, { burst, perSecond }: Rate): number {
  const bucket = buckets.get(key);
  if (!bucket) return burst;
  const restored = ((performance.now() - bucket.atMs) / MS_PER_SECOND) * perSecond;
  return Math.min(burst, bucket.turns + restored);
}

function secondsUntilTurn(key: string, rate: Rate): number {
  return Math.max(0, (1 - turnsOf(key, rate)) / rate.perSecond);
}

function spendTurn(key: string, rate: Rate): void {
  buckets.set(key, { turns: turnsOf(key, rate) - 1, atMs: performance.now() });
}

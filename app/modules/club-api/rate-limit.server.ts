/**
 * How often shoppers may reserve, release, claim and join. Each such request is cheap to send and costs a transaction
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
/** The part of a shop's Admin API budget that shoppers leave to staff, jobs and each other's releases. */
const BUDGET_KEPT = 0.25;

const MS_PER_SECOND = 1_000;
const BUCKETS_MAX = 100_000;
const buckets = new LRUCache<string, { turns: number; atMs: number }>({ max: BUCKETS_MAX });

export interface TurnRequest {
  shopId: bigint;
  shopDomain: string;
  customerId: bigint;
  /** Whether the request makes a code at Shopify. */
  isAtShopify: boolean;
}

/**
 * Takes the turn of one request that changes something. Returns null, or the seconds after which to try again: answer
 * 429 then, and do nothing else.
 */
export function takeTurn({ shopId, shopDomain, customerId, isAtShopify }: TurnRequest): number | null {
  const shopper = `${shopId}:${customerId}`;
  const shop = String(shopId);
  const waits = {
    shopper: secondsUntilTurn(shopper, SHOPPER),
    shop: secondsUntilTurn(shop, SHOP),
    budget: isAtShopify ? secondsUntilBudget(shopDomain, BUDGET_KEPT) : 0,
  };
  const longest = Math.max(waits.shopper, waits.shop, waits.budget);
  if (longest === 0) {
    spendTurn(shopper, SHOPPER);
    spendTurn(shop, SHOP);
    return null;
  }
  const limit = waits.shopper > 0 ? 'shopper' : waits.shop > 0 ? 'shop' : 'budget';
  shopperRequestsRefused.inc({ limit });
  return Math.ceil(longest);
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

/**
 * What is left of a shop's Admin API budget, by the last answer to this process: Shopify's bucket of points, which all
 * requests of the app to that shop share and which fills again with time.
 */
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

const MS_PER_SECOND = 1_000;
const SHOPS_MAX = 10_000;

const costSchema = z.object({
  extensions: z.object({
    cost: z.object({
      throttleStatus: z.object({
        maximumAvailable: z.number().positive(),
        currentlyAvailable: z.number(),
        restoreRate: z.number().positive(),
      }),
    }),
  }),
});

interface Budget {
  maximum: number;
  available: number;
  /** Points a second. */
  restoreRate: number;
  /** By `performance.now()`. */
  readAtMs: number;
}

const budgets = new LRUCache<string, Budget>({ max: SHOPS_MAX });

/** Notes what a response of the Admin API says of the budget; one that says nothing changes nothing. */
export function noteBudget(shopDomain: string, response: unknown): void {
  const status = costSchema.safeParse(response).data?.extensions.cost.throttleStatus;
  if (!status) return;
  const { maximumAvailable: maximum, currentlyAvailable: available, restoreRate } = status;
  budgets.set(shopDomain, { maximum, available, restoreRate, readAtMs: performance.now() });
}

/** Notes that Shopify refused a request because the budget is spent. */
export function noteEmptyBudget(shopDomain: string): void {
  const known = budgets.get(shopDomain);
  if (known) budgets.set(shopDomain, { ...known, available: 0, readAtMs: performance.now() });
}

/** Returns the seconds until `share` (0 to 1) of a shop's budget is there; 0 if it is, or if nothing is known of it. */
export function secondsUntilBudget(shopDomain: string, share: number): number {
  const budget = budgets.get(shopDomain);
  if (!budget) return 0;
  const { maximum, available, restoreRate, readAtMs } = budget;
  const restored = ((performance.now() - readAtMs) / MS_PER_SECOND) * restoreRate;
  return Math.max(0, (maximum * share - available - restored) / restoreRate);
}

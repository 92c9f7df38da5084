/** Shoppers who reserve and give back without end: what they get, and what is left for the others of their shop. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { club, fault, sandbox, shop, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { noteBudget, secondsUntilBudget } from '#app/integrations/shopify/api-budget.server.ts';
import { takeTurn } from '#app/modules/club-api/rate-limit.server.ts';
import { releaseRedemption } from '#app/modules/redemptions/release-redemption.server.ts';
import { audit, moveClock } from '#test/support/clubs.ts';
import { givePoints, reserve } from '#test/support/redemptions.ts';

let siti = 0;
let other = 0;

useSandboxShop();
beforeEach(() => {
  [siti = 0, other = 0] = club.customers;
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await moveClock('0');
  expect(await audit(club)).toEqual([]);
});

const turn = (customer: number, change: { isAtShopify?: boolean; domain?: string } = {}) =>
  takeTurn({
    shopId: club.shopId,
    shopDomain: change.domain ?? club.domain,
    customerId: BigInt(customer),
    isAtShopify: change.isAtShopify ?? false,
  });
const giveBack = (redemptionId: string) =>
  releaseRedemption({ shopId: club.shopId, customerId: BigInt(siti), redemptionId });

test('one shopper in four lanes for 15 s: 22 requests of 800 get through, another shopper is not touched', () => {
  let through = 0;
  for (let second = 0; second < 15; second += 1) {
    for (let request = 0; request < 53; request += 1) if (turn(siti) === null) through += 1;
    vi.advanceTimersByTime(1_000);
  }
  expect(through).toBe(22);
  expect(turn(siti)).toBe(3);
  expect(turn(other)).toBeNull();
});

test('a shop has a limit of its own, and no shopper of it pays for the requests that are refused', () => {
  const shopOf = { shopId: 10n ** 12n, shopDomain: 'busy.myshopify.com', isAtShopify: false };
  let through = 0;
  for (let customerId = 1n; customerId <= 5_000n; customerId += 1n)
    if (takeTurn({ ...shopOf, customerId }) === null) through += 1;
  expect(through).toBe(4_000);
  expect(takeTurn({ ...shopOf, customerId: 1n })).toBe(1);
  expect(takeTurn({ ...shopOf, shopId: 10n ** 12n + 1n, customerId: 1n })).toBeNull();
});

test('a customer gets 30 codes an hour, however many are given back', async () => {
  await givePoints(club, siti, 100n);
  await givePoints(club, other, 100n);
  let reserved = 0;
  for (let tries = 0; tries < 40; tries += 1) {
    const result = await reserve(club, siti, 1n);
    if (!result.ok) expect(result.reason).toBe('too_many');
    else {
      reserved += 1;
      await giveBack(result.redemption.redemptionId);
    }
  }
  expect(reserved).toBe(30);
  expect((await shop.codes()).length).toBe(30);
  expect(await reserve(club, other, 1n)).toMatchObject({ ok: true });
  await moveClock('61 minutes');
  expect(await reserve(club, siti, 1n)).toMatchObject({ ok: true });
});

test('the Admin API answers with the budget of the shop; of the last quarter shoppers get nothing', async () => {
  const status = (currentlyAvailable: number) => ({
    extensions: {
      cost: { throttleStatus: { maximumAvailable: 2_000, currentlyAvailable, restoreRate: 100 } },
    },
  });
  const domain = 'standard.myshopify.com';
  noteBudget(domain, status(501));
  expect(turn(siti, { isAtShopify: true, domain })).toBeNull();
  noteBudget(domain, status(100));
  expect(turn(siti, { isAtShopify: true, domain })).toBe(4);
  // Giving back and claiming cost the shop no code.
  expect(turn(siti, { domain })).toBeNull();
  vi.advanceTimersByTime(4_000);
  expect(turn(siti, { isAtShopify: true, domain })).toBeNull();
  noteBudget(domain, { data: {} });
  expect(secondsUntilBudget(domain, 0.25)).toBe(0);
});

test('after Shopify has throttled the shop, the next reservation waits', async () => {
  await givePoints(club, siti, 100n);
  expect(await reserve(club, siti, 1n)).toMatchObject({ ok: true });
  expect(secondsUntilBudget(club.domain, 0.25)).toBe(0);
  await fault('throttled', { times: 10 });
  expect(await reserve(club, siti, 1n)).toMatchObject({ ok: false, reason: 'pending' });
  // The bucket of a Plus shop: a quarter of 20,000 points, 1,000 a second.
  expect(turn(other, { isAtShopify: true })).toBeGreaterThanOrEqual(3);
  await sandbox.control('DELETE', '/_control/faults');
});

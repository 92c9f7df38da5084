/**
 * Two lanes of one process share the inbox. Rows whose products a lane is loading are not locked in the database
 * meanwhile: the other lane must not lock them either, or the first one skips its own rows and they stay due.
 */
import { expect, test, vi } from 'vitest';
import { COFFEE, order, points, useProductShop, change } from '#test/support/product-shop.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';

const MILESTONE_MS = 500;

/** Signals of the moments that decide who gets a row. */
const moments = vi.hoisted(() => {
  const moment = () => {
    let happen = (): void => {};
    const happened = new Promise<void>((resolve) => {
      happen = resolve;
    });
    return { happened, happen };
  };
  return { claims: 0, bothAsk: moment(), looked: moment(), claimedAgain: moment() };
});

// Only the order of events is set here: the lanes' own statements run.
vi.mock('#app/modules/inbox/inbox-rows.server.ts', async (original) => {
  const real = await original<typeof import('#app/modules/inbox/inbox-rows.server.ts')>();
  const atMost = (moment: Promise<void>) =>
    Promise.race([moment, new Promise<void>((resolve) => setTimeout(resolve, MILESTONE_MS))]);
  return {
    ...real,
    // Both lanes decide what to leave alone before either has claimed; the second one claims when the first one is loading products; it ends its
    // transaction only when the first one has claimed its rows again.
    claimDueRows: async (...[tx, limit, except]: Parameters<typeof real.claimDueRows>) => {
      const isFirst = moments.claims === 0;
      moments.claims += 1;
      const left = new Set(except);
      if (isFirst) await atMost(moments.bothAsk.happened);
      if (moments.claims !== 2 || isFirst) return real.claimDueRows(tx, limit, left);
      moments.bothAsk.happen();
      await atMost(moments.looked.happened);
      const rows = await real.claimDueRows(tx, limit, left);
      await atMost(moments.claimedAgain.happened);
      return rows;
    },
    claimRows: async (...given: Parameters<typeof real.claimRows>) => {
      const rows = await real.claimRows(...given);
      moments.claimedAgain.happen();
      return rows;
    },
  };
});
vi.mock('#app/modules/products/read-products.server.ts', async (original) => {
  const real = await original<typeof import('#app/modules/products/read-products.server.ts')>();
  return {
    ...real,
    loadProducts: async (...given: Parameters<typeof real.loadProducts>) => {
      moments.looked.happen();
      // Long enough for the other lane to claim.
      await new Promise((resolve) => setTimeout(resolve, MILESTONE_MS / 5));
      return real.loadProducts(...given);
    },
  };
});

useProductShop();

test('a row whose products are being loaded is not skipped because the other lane looked at it', async () => {
  await change(COFFEE, { points: 7 });
  await order({ product: COFFEE, quantity: 2 });
  await processInbox();
  expect(await points()).toBe(14n);
});

/** Facts of products are completed for lines that an edit adds, whichever way the order comes. */
import { describe, expect, test, vi } from 'vitest';
import { sandbox } from '#test/support/sandbox-bed.ts';
import {
  COFFEE,
  change,
  deliver,
  points,
  setRule,
  shopId,
  useProductShop,
} from '#test/support/product-shop.ts';
import { pool } from '#app/db.server.ts';
import { applyNow } from '#app/modules/earning/award/refresh-orders.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { reconcileShops } from '#app/modules/inbox/reconcile-orders.server.ts';
import { givenEvent } from '#test/support/shops.ts';
import { spendRule } from '#test/support/rules.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';

/** An edit comes after its order. */
const MINUTE_MS = 60_000;

useProductShop();

describe('products that an edit adds count by their own tags and points', () => {
  const withoutCoffee = () =>
    spendRule({ includeTax: true, excluded: { productIds: [], collectionIds: [], tags: ['kopi'] } });
  const placed = async () => {
    const { body } = await sandbox.control('POST', '/_control/orders', {
      customer: 'siti.rahmawati@example.com',
      lines: [{ title: 'A', price: '100000.00', quantity: 1 }],
    });
    await givenEvent(shopId, 'orders/paid', body.order);
    await processInbox();
    return body.order;
  };
  const addCoffee = async ({ id }: Loose) => {
    vi.setSystemTime(Date.now() + MINUTE_MS);
    return (
      await sandbox.control('POST', `/_control/orders/${String(id)}/edit`, {
        add: [{ product: COFFEE, quantity: 4 }],
      })
    ).body.order;
  };
  const doors: Record<string, (edited: Loose) => Promise<unknown>> = {
    'its webhook': async (edited) => {
      await givenEvent(shopId, 'orders/updated', edited);
      await processInbox();
    },
    'apply now': ({ id }) => applyNow({ shopId, domain: DEMO_SHOP }, [BigInt(id)]),
    reconciliation: async () => {
      await reconcileShops();
      await processInbox();
    },
  };

  test.each(Object.keys(doors))('by %s: excluded ones earn nothing', async (door) => {
    await setRule(withoutCoffee());
    const order = await placed();
    expect(await points()).toBe(10n);
    await doors[door]!(await addCoffee(order));
    expect((await pool.query(`SELECT jsonb_array_length(state->'lines') AS lines FROM orders`)).rows).toEqual(
      [{ lines: 2 }],
    );
    expect(await points()).toBe(10n);
  });

  test.each(Object.keys(doors))('by %s: by the rules that the order keeps, changed since', async (door) => {
    await change(COFFEE, { points: 7 });
    const order = await placed();
    expect(await points()).toBe(0n);
    await setRule(spendRule());
    await doors[door]!(await addCoffee(order));
    const { rows: unfinished } = await pool.query(
      `SELECT topic, state, last_error FROM webhook_events WHERE state <> 'done'`,
    );
    expect(unfinished).toEqual([]);
    expect(await points()).toBe(28n);
  });

  test('and stay as they were when the edit came', async () => {
    await setRule(withoutCoffee());
    const order = await placed();
    const edited = await addCoffee(order);
    await doors['its webhook']!(edited);
    await change(COFFEE, { tags: [] });
    await deliver('products/update');
    await processInbox();
    await doors['apply now']!(edited);
    expect(await points()).toBe(10n);
  });
});

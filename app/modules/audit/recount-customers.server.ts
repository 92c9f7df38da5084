/** Recomputes what lists and metrics show of customers from the orders, for figures that are wrong or missing. */
import { pool, withTransaction } from '#app/db.server.ts';
import { deleteLeftOver } from '#app/modules/orders/figures/count-bought.server.ts';
import { countCustomers, refreshStats } from '#app/modules/orders/figures/refresh-figures.server.ts';
import { loadOrders } from '#app/modules/orders/load-orders.server.ts';
import { resolveOwners } from '#app/modules/orders/order-owners.server.ts';

const ORDERS_A_BATCH = 500;
const CUSTOMERS_A_BATCH = 5_000;

/**
 * Recounts one shop in batches, each in its own transaction: orders may come in meanwhile, and an interrupted recount
 * can be run again. Returns how many orders and customers were counted.
 */
export async function recountCustomers(shopId: bigint): Promise<{ orders: number; customers: number }> {
  const orders = await inPages(
    (after) =>
      pool.query(
        'SELECT order_id AS id FROM orders WHERE shop_id = $1 AND order_id > $2 ORDER BY 1 LIMIT $3',
        [shopId, after, ORDERS_A_BATCH],
      ),
    (orderIds) =>
      withTransaction(async (tx) => {
        const keys = orderIds.map((orderId) => ({ shopId, orderId }));
        await refreshStats(tx, await resolveOwners(tx, await loadOrders(tx, keys, 'lock')));
      }),
  );
  const customers = await inPages(
    (after) =>
      pool.query(
        `SELECT customer_id AS id FROM customers WHERE shop_id = $1 AND customer_id > $2 AND merged_into IS NULL ORDER BY 1 LIMIT $3`,
        [shopId, after, CUSTOMERS_A_BATCH],
      ),
    (customerIds) =>
      withTransaction((tx) =>
        countCustomers(
          tx,
          customerIds.map((customerId) => ({ shopId, customerId })),
        ),
      ),
  );
  // Their orders were just processed, so what is left over belongs to no line.
  await withTransaction((tx) => deleteLeftOver(tx, shopId));
  return { orders, customers };
}

async function inPages(
  readPage: (after: bigint) => Promise<{ rows: { id: bigint }[] }>,
  work: (ids: bigint[]) => Promise<void>,
): Promise<number> {
  let after = -1n;
  let done = 0;
  for (;;) {
    const ids = (await readPage(after)).rows.map(({ id }) => id);
    const last = ids.at(-1);
    if (last === undefined) return done;
    await work(ids);
    done += ids.length;
    after = last;
  }
}

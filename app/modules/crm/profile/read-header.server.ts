/** The header above every tab of a customer's page. */
import { pool } from '#app/db.server.ts';
import { readBalances, type Balance } from '#app/modules/ledger/balances.queries.server.ts';
import { readLifecycleGroup } from '#app/modules/segments/lifecycle.queries.server.ts';
import type { LifecycleGroup } from '#app/modules/segments/rules/lifecycle.ts';
import type { CustomerProfile } from '#app/modules/customers/customers.queries.server.ts';

export interface CustomerHeader {
  customer: CustomerProfile;
  /** New, regular, lapsed, or null for none of them. */
  group: LifecycleGroup | null;
  /** Null while the shop's tiers are off, or in none. */
  tierName: string | null;
  categoryName: string | null;
  /** Taken out of the club by staff. */
  hasLeft: boolean;
  balances: Balance[];
}

interface Row extends CustomerProfile {
  tierName: string | null;
  categoryName: string | null;
  hasLeft: boolean;
}

/** Reads the header of a customer; null for an unknown customer. */
export async function readHeader(shopId: bigint, customerId: bigint): Promise<CustomerHeader | null> {
  const [found, balances, group] = await Promise.all([
    pool.query<Row>(
      `SELECT c.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone, c.state,
         c.created_at AS "createdAt", c.left_at IS NOT NULL AS "hasLeft", g.name AS "categoryName",
         CASE WHEN s.tiers_active THEN t.name END AS "tierName"
       FROM customers c LEFT JOIN club_settings s USING (shop_id)
         LEFT JOIN tiers t ON t.shop_id = c.shop_id AND t.tier_id = c.tier_id
         LEFT JOIN categories g ON g.shop_id = c.shop_id AND (g.category_id = c.category_id OR (c.category_id IS NULL AND g.is_default))
       WHERE c.shop_id = $1 AND c.customer_id = $2`,
      [shopId, customerId],
    ),
    readBalances(pool, shopId, [customerId]),
    readLifecycleGroup(shopId, customerId),
  ]);
  const [row] = found.rows;
  if (!row) return null;
  const { tierName, categoryName, hasLeft, ...customer } = row;
  return { customer, group, tierName, categoryName, hasLeft, balances };
}

/** How the tasks of prices are made due, broken and found done (test/db/jobs/shops-fail-alone.test.ts). */
import { run, type Case } from './messaging-failures.ts';

export const PRICE_CASES = {
  'write-prices': {
    arrange: run(
      `INSERT INTO price_settings (shop_id, is_on, requested_at) VALUES ($1, true, now())
       ON CONFLICT (shop_id) DO UPDATE SET is_on = true, requested_at = now()`,
    ),
    breaks: 'price_settings',
    done: 'SELECT requested_at IS NULL AND discount_gid IS NOT NULL AS ok FROM price_settings WHERE shop_id = $1',
  },
  'compare-prices': {
    arrange: run(
      `INSERT INTO price_settings (shop_id, is_on) VALUES ($1, true)
       ON CONFLICT (shop_id) DO UPDATE SET is_on = true, compared_at = NULL`,
    ),
    breaks: 'price_settings',
    done: 'SELECT compared_at IS NOT NULL AS ok FROM price_settings WHERE shop_id = $1',
  },
  'move-people': {
    arrange: run(
      `INSERT INTO category_rules (shop_id, from_id, to_id, measure, threshold, is_active)
       SELECT $1, f.category_id, t.category_id, 'orders', 1, true FROM categories f, categories t
        WHERE f.shop_id = $1 AND t.shop_id = $1 AND f.key = 'leads' AND t.key = 'customer'`,
    ),
    breaks: 'category_rules',
    done: 'SELECT evaluated_on IS NOT NULL AS ok FROM category_rules WHERE shop_id = $1',
  },
} satisfies Record<string, Case>;

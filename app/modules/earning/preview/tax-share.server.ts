/** What part of a shop's prices is tax: Shopify says it of orders only, so it is taken to be as in the latest. */
import { LRUCache } from 'lru-cache';
import { pool } from '#app/db.server.ts';

/** The tax within what was paid for goods. */
export interface TaxShare {
  taxMinor: bigint;
  /** With the tax. */
  netMinor: bigint;
}

const SHOPS_KEPT_MAX = 5_000;
const KEPT_MS = 300_000;
const shares = new LRUCache<string, TaxShare>({ max: SHOPS_KEPT_MAX, ttl: KEPT_MS });

const LATEST = `
  SELECT coalesce(sum((l->>'tax')::numeric), 0)::bigint AS "taxMinor",
    coalesce(sum((l->>'price')::numeric * (l->>'qty')::numeric
      - (SELECT coalesce(sum((d->>0)::numeric), 0) FROM jsonb_array_elements(l->'discounts') d)), 0)::bigint AS "netMinor"
  FROM (SELECT state FROM orders WHERE shop_id = $1 AND cancelled_at IS NULL ORDER BY processed_at DESC LIMIT 1) o,
    jsonb_array_elements(o.state->'lines') l
  WHERE (o.state->>'taxesIncluded')::boolean AND l->'gift' IS NULL AND l->'tip' IS NULL`;

/** Returns the tax within the latest order's prices; none where prices are without it, or where there is no order. */
export async function taxShareOf(shopId: bigint): Promise<TaxShare> {
  const key = String(shopId);
  const known = shares.get(key);
  if (known) return known;
  const { rows } = await pool.query<TaxShare>(LATEST, [shopId]);
  const share = rows[0] ?? { taxMinor: 0n, netMinor: 0n };
  shares.set(key, share);
  return share;
}

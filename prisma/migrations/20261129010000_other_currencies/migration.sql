-- Money of another currency than the shop's counts in no sum: how many of a customer's orders are such, and the sums
-- that had them. Their customer is the one who earns by the order.
ALTER TABLE "customer_stats" ADD COLUMN     "other_currency_all" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "other_currency_valid" INTEGER NOT NULL DEFAULT 0;

WITH other AS (
  SELECT o.shop_id, coalesce(c.merged_into, c.customer_id) AS customer_id, count(*)::int AS orders,
    (count(*) FILTER (WHERE v.is_valid))::int AS valid, sum(o.total_minor)::bigint AS total_minor,
    coalesce(sum(o.net_minor) FILTER (WHERE v.is_valid), 0)::bigint AS net_minor
  FROM orders o JOIN shops s ON s.shop_id = o.shop_id
    JOIN customers c ON c.shop_id = o.shop_id AND c.customer_id = coalesce(o.customer_id, o.claimed_by)
    CROSS JOIN LATERAL (SELECT NOT o.is_test AND o.cancelled_at IS NULL AND o.financial IN ('paid', 'partially_refunded') AS is_valid) v
  WHERE o.currency <> s.currency GROUP BY 1, 2)
UPDATE customer_stats c SET other_currency_all = n.orders, other_currency_valid = n.valid,
  total_all_minor = c.total_all_minor - n.total_minor, spend_minor = c.spend_minor - n.net_minor
FROM other n WHERE c.shop_id = n.shop_id AND c.customer_id = n.customer_id;

UPDATE order_lines l SET net_minor = 0 FROM orders o JOIN shops s ON s.shop_id = o.shop_id
WHERE l.shop_id = o.shop_id AND l.order_id = o.order_id AND o.currency <> s.currency AND l.net_minor <> 0;

UPDATE orders o SET net_minor = 0 FROM shops s WHERE s.shop_id = o.shop_id AND o.currency <> s.currency AND o.net_minor <> 0;

-- The rules that orders keep name the currency of their amounts: so far the shop's was assumed.
UPDATE rule_snapshots r SET rules = r.rules || jsonb_build_object('currency', s.currency)
FROM shops s WHERE s.shop_id = r.shop_id AND s.currency IS NOT NULL;

-- AlterTable
ALTER TABLE "club_settings" ADD COLUMN     "sensitive_fields" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "tier_keep" TEXT NOT NULL DEFAULT 'none',
ADD COLUMN     "tiers_evaluated_on" DATE;

-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "member_left_at" TIMESTAMPTZ(6),
ADD COLUMN     "tier_is_fixed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "tier_kept_until" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "tier_queue" (
    "shop_id" BIGINT NOT NULL,
    "queue_id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,

    CONSTRAINT "tier_queue_pkey" PRIMARY KEY ("shop_id","queue_id")
);


-- What Prisma's schema language cannot say.

ALTER TABLE club_settings ADD CONSTRAINT club_settings_tier_keep CHECK (tier_keep IN ('none', 'days', 'period'));

-- How many are in a tier, a category, the club; whom trial mode lets through.
CREATE INDEX customers_tier ON customers (shop_id, tier_id) WHERE tier_id IS NOT NULL;
CREATE INDEX customers_category ON customers (shop_id, category_id) WHERE category_id IS NOT NULL;
CREATE INDEX customers_members ON customers (shop_id, customer_id) WHERE member_since IS NOT NULL;
CREATE INDEX customers_trial ON customers (shop_id, customer_id) WHERE is_trial;

-- What went back of an order, in money: refunds of lines in proportion to their pieces, and what was given beyond them.
CREATE FUNCTION order_refunded_minor(shop bigint, id bigint, state jsonb) RETURNS bigint LANGUAGE sql STABLE AS $$
  WITH refunds AS (SELECT r.state AS refund FROM order_refunds r WHERE r.shop_id = shop AND r.order_id = id),
  pieces AS (SELECT piece->>'line' AS line, sum((piece->>'qty')::bigint) AS qty
    FROM refunds, jsonb_array_elements(refund->'lines') AS piece GROUP BY 1),
  lines AS (SELECT (item->>'qty')::bigint AS qty,
      greatest(coalesce(p.qty, 0), (item->>'qty')::bigint - (item->>'left')::bigint) AS gone,
      greatest(0, (item->>'price')::bigint * (item->>'qty')::bigint
        - (SELECT coalesce(sum((discount->>0)::bigint), 0) FROM jsonb_array_elements(item->'discounts') AS discount))
        + CASE WHEN (state->>'taxesIncluded')::boolean THEN 0 ELSE (item->>'tax')::bigint END AS paid
    FROM jsonb_array_elements(state->'lines') AS item LEFT JOIN pieces p ON p.line = item->>'id')
  SELECT (coalesce((SELECT sum((refund->>'extra')::bigint + (refund->>'shipping')::bigint) FROM refunds), 0)
    + coalesce((SELECT sum(div(paid * least(gone, qty), qty)) FROM lines WHERE qty > 0), 0))::bigint
$$;

-- What a customer paid for an order and did not get back.
CREATE FUNCTION order_net_minor(o orders) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN o.is_test OR o.cancelled_at IS NOT NULL THEN 0
    WHEN o.financial = 'paid' THEN o.total_minor
    WHEN o.financial = 'partially_refunded' THEN greatest(0, o.total_minor - order_refunded_minor(o.shop_id, o.order_id, o.state))
    ELSE 0 END
$$;

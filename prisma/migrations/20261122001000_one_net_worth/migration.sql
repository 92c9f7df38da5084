-- What an order is worth is kept with it since 0700; orders of before get it here, and the function that reckoned it a
-- second time goes. Their pieces and lines: `npm run ops -- rebuild`.
UPDATE orders o SET net_minor = order_net_minor(o) WHERE net_minor <> order_net_minor(o);
DROP FUNCTION order_net_minor(orders);
DROP FUNCTION order_refunded_minor(bigint, bigint, jsonb);

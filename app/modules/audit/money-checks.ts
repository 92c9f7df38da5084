/**
 * Checks of money that share no code with what made the figures: from the payloads as they are stored, from refunds'
 * transactions and currencies.
 */
import { ORDER_RULE_KINDS } from '#app/modules/ledger/rules/posting-types.ts';
import type { Check } from './run-checks.server.ts';

/** Paid, and not undone since; an order that is owed for after an edit was paid before. */
const IS_VALID = `NOT o.is_test AND o.cancelled_at IS NULL AND o.financial NOT IN ('refunded', 'voided')
  AND (o.financial IN ('paid', 'partially_refunded') OR o.eligible_at IS NOT NULL)`;
const IS_OTHER_CURRENCY = 'coalesce(o.currency <> s.currency, false)';

/** A subquery that is read once, however the planner joins it: estimates of what lies in JSON are far off. */
const once = (sql: string): string => `WITH once AS MATERIALIZED (${sql}) SELECT * FROM once`;

/** Items that refunds name, by line; `told` those of refunds that say how much money moved. */
const NAMED = once(`
  SELECT r.order_id, (x ->> 'line')::bigint AS line_id, sum((x ->> 'qty')::bigint) AS named,
    coalesce(sum((x ->> 'qty')::bigint) FILTER (WHERE r.state ? 'moved'), 0) AS told
  FROM order_refunds r CROSS JOIN LATERAL jsonb_array_elements(r.state -> 'lines') x WHERE r.shop_id = $1 GROUP BY 1, 2`);

/** Every line as its payload has it: what was paid for it, and the items that went back or were removed. */
const LINES = `
  SELECT o.order_id, l.line_id, l.is_tip, l.quantity, coalesce(n.named, 0) AS named, coalesce(n.told, 0) AS told,
    least(l.quantity, greatest(coalesce(n.named, 0), l.quantity - l.kept)) AS gone,
    greatest(0, l.price * l.quantity - l.discount) + CASE WHEN (o.state ->> 'taxesIncluded')::bool THEN 0 ELSE l.tax END AS paid
  FROM orders o CROSS JOIN LATERAL (
      SELECT (x ->> 'id')::bigint AS line_id, x ? 'tip' AS is_tip, (x ->> 'qty')::bigint AS quantity, (x ->> 'left')::bigint AS kept,
        (x ->> 'price')::bigint AS price, (x ->> 'tax')::bigint AS tax,
        CASE WHEN x -> 'discounts' = '[]' THEN 0
          ELSE (SELECT coalesce(sum((d ->> 0)::bigint), 0) FROM jsonb_array_elements(x -> 'discounts') d) END AS discount
      FROM jsonb_array_elements(o.state -> 'lines') x) l
    LEFT JOIN (${NAMED}) n ON n.order_id = o.order_id AND n.line_id = l.line_id
  WHERE o.shop_id = $1`;

/** Orders `o` of which items or money went back; of all others every line is as it was. */
const HAS_RETURNS = `(jsonb_path_exists(o.state, '$.lines[*] ? (@.left < @.qty)')
  OR EXISTS (SELECT FROM order_refunds r WHERE r.shop_id = o.shop_id AND r.order_id = o.order_id))`;

/** What was paid for a number of items of a line of `LINES`, rounded down. */
const paidFor = (items: string): string =>
  `coalesce(floor(l.paid::numeric * least(l.quantity, greatest(0, ${items})) / nullif(l.quantity, 0)), 0)`;

/** What a valid order still owes; an unpaid one that does not say, all of it. */
const OWED = `CASE WHEN ${IS_VALID} THEN coalesce((o.state ->> 'outstanding')::bigint,
  CASE WHEN o.financial IN ('paid', 'partially_refunded') THEN 0 ELSE o.total_minor END) ELSE 0 END`;

/** Money of refunds by order: the transactions' sum, or a refund's parts where it has none in shop money. */
const BACK = once(`
  SELECT r.order_id, sum((r.state ->> 'extra')::bigint) AS extra,
    sum(coalesce((r.state ->> 'moved')::bigint, (r.state ->> 'extra')::bigint + (r.state ->> 'shipping')::bigint
      + coalesce((r.state ->> 'charges')::bigint, 0)
      + CASE WHEN (o.state ->> 'taxesIncluded')::bool THEN 0 ELSE coalesce((r.state ->> 'shippingTax')::bigint, 0) END)) AS money
  FROM order_refunds r JOIN orders o USING (shop_id, order_id) WHERE r.shop_id = $1 GROUP BY 1`);

/** Cash is rounded to a whole unit at most; no order is short by more. */
const ROUNDED_MINOR = 100;

const KINDS = ORDER_RULE_KINDS.map((kind) => `'${kind}'`).join(', ');

/** What is posted by rules, by order and unit. */
const POSTED = `
  SELECT e.order_id, e.unit, sum(e.amount) AS amount FROM ledger_entries e
  WHERE e.shop_id = $1 AND e.order_id IS NOT NULL AND e.rule IS NOT NULL AND e.kind IN (${KINDS}) GROUP BY 1, 2 HAVING sum(e.amount) <> 0`;

export const MONEY_CHECKS: readonly Check[] = [
  {
    name: 'what an order is worth is its total less the money that went back or is owed',
    sql: `
      WITH lines AS (${LINES} AND ${HAS_RETURNS}),
        unnamed AS MATERIALIZED (SELECT l.order_id, sum(${paidFor('l.gone')} - ${paidFor('l.told')}) AS untold,
          sum(${paidFor('l.gone')} - ${paidFor('l.named')}) AS removed FROM lines l GROUP BY 1),
        worth AS (SELECT o.order_id, o.net_minor, o.total_minor, CASE WHEN NOT (${IS_VALID}) OR ${IS_OTHER_CURRENCY} THEN 0
          ELSE greatest(0, o.total_minor - ${OWED} - coalesce(b.money, 0) - coalesce(u.untold, 0)
            + greatest(0, coalesce(b.extra, 0)) - greatest(0, coalesce(b.extra, 0) - coalesce(u.removed, 0))) END AS net
          FROM orders o JOIN shops s USING (shop_id) LEFT JOIN (${BACK}) b USING (order_id) LEFT JOIN unnamed u USING (order_id)
          WHERE o.shop_id = $1)
      SELECT 'order ' || order_id AS subject, net_minor::text AS stored, net::text AS computed FROM worth WHERE net_minor <> net`,
  },
  {
    name: "an order's lines are those of its payload",
    sql: `
      WITH worth AS (SELECT l.order_id, l.line_id, l.quantity, l.quantity - l.gone AS kept, ${paidFor('l.quantity - l.gone')} AS worth
          FROM (${LINES}) l WHERE NOT l.is_tip),
        later AS (SELECT *, coalesce(sum(worth) OVER (PARTITION BY order_id ORDER BY line_id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
          AS worth_of_later FROM worth),
        known AS (SELECT w.order_id, w.line_id, w.quantity, w.kept, CASE WHEN ${IS_OTHER_CURRENCY} THEN 0
          ELSE w.worth - least(w.worth, greatest(0, ${OWED} - w.worth_of_later)) END AS net
          FROM later w JOIN orders o ON o.shop_id = $1 AND o.order_id = w.order_id JOIN shops s ON s.shop_id = $1)
      SELECT 'order ' || order_id || ' line ' || line_id AS subject,
        coalesce(k.kept_quantity || ' of ' || k.quantity || ' for ' || k.net_minor, 'no line') AS stored,
        coalesce(n.kept || ' of ' || n.quantity || ' for ' || n.net, 'no line') AS computed
      FROM (SELECT * FROM order_lines WHERE shop_id = $1) k FULL JOIN known n USING (order_id, line_id)
      WHERE (k.quantity, k.kept_quantity, k.net_minor) IS DISTINCT FROM (n.quantity, n.kept, n.net)`,
  },
  {
    name: "an order's number of items is that of its lines",
    sql: `
      SELECT 'order ' || o.order_id AS subject, o.items::text AS stored, coalesce(l.items, 0)::text AS computed
      FROM orders o LEFT JOIN (SELECT order_id, sum(kept_quantity) AS items FROM order_lines WHERE shop_id = $1 GROUP BY 1) l
        ON l.order_id = o.order_id AND ${IS_VALID}
      WHERE o.shop_id = $1 AND o.items <> coalesce(l.items, 0)`,
  },
  {
    name: "an order's total covers its lines and shipping",
    sql: `
      WITH sums AS (SELECT l.order_id, sum(${paidFor('l.quantity - greatest(0, l.gone - l.named)')}) AS paid FROM (${LINES}) l GROUP BY 1)
      SELECT 'order ' || order_id AS subject, total_minor || ' in all' AS stored, 'at least ' || least AS computed
      FROM (SELECT o.order_id, o.total_minor, coalesce(n.paid, 0) + (o.state ->> 'shipping')::bigint
          + CASE WHEN (o.state ->> 'taxesIncluded')::bool THEN 0 ELSE (o.state ->> 'shippingTax')::bigint END AS least
        FROM orders o LEFT JOIN sums n USING (order_id) WHERE o.shop_id = $1) o WHERE total_minor < least - ${ROUNDED_MINOR}`,
  },
  {
    name: 'an order in another currency than the shop counts in no sum',
    sql: `
      SELECT 'order ' || o.order_id || ' in ' || o.currency AS subject, 'worth ' || o.net_minor || ', lines ' || coalesce(l.net, 0) AS stored,
        'nothing in ' || s.currency AS computed
      FROM orders o JOIN shops s USING (shop_id)
        LEFT JOIN (SELECT order_id, sum(net_minor) AS net FROM order_lines WHERE shop_id = $1 GROUP BY 1) l USING (order_id)
      WHERE o.shop_id = $1 AND ${IS_OTHER_CURRENCY} AND (o.net_minor <> 0 OR coalesce(l.net, 0) <> 0)`,
  },
  {
    name: 'an order earns by rules in its own currency only',
    sql: `
      SELECT 'order ' || o.order_id || ' in ' || o.currency || ' ' || p.unit AS subject, p.amount::text AS stored,
        'nothing by rules in ' || coalesce(r.rules ->> 'currency', 'no known currency') AS computed
      FROM (${POSTED}) p JOIN orders o ON o.shop_id = $1 AND o.order_id = p.order_id
        JOIN rule_snapshots r ON r.shop_id = $1 AND r.snapshot_id = o.snapshot_id
      WHERE (r.rules ->> 'currency') IS DISTINCT FROM o.currency`,
  },
  {
    name: 'an order that was undone or is a test has nothing left',
    sql: `
      SELECT 'order ' || o.order_id || ' ' || p.unit AS subject, p.amount::text AS stored, '0' AS computed
      FROM (${POSTED}) p JOIN orders o ON o.shop_id = $1 AND o.order_id = p.order_id
      WHERE o.is_test OR o.cancelled_at IS NOT NULL OR o.financial IN ('refunded', 'voided')`,
  },
  {
    name: "a customer's sums are those of the orders, added up without the app",
    sql: `
      WITH own AS (SELECT coalesce(c.merged_into, c.customer_id) AS customer_id, count(*) AS orders, count(*) FILTER (WHERE ${IS_VALID}) AS valid,
          coalesce(sum(o.items) FILTER (WHERE ${IS_VALID}), 0) AS items,
          coalesce(sum(o.net_minor) FILTER (WHERE ${IS_VALID} AND NOT ${IS_OTHER_CURRENCY}), 0) AS spend,
          coalesce(sum(o.total_minor) FILTER (WHERE NOT ${IS_OTHER_CURRENCY}), 0) AS total,
          count(*) FILTER (WHERE ${IS_OTHER_CURRENCY}) AS other
        FROM orders o JOIN shops s USING (shop_id) JOIN customers c ON c.shop_id = $1 AND c.customer_id = coalesce(o.customer_id, o.claimed_by)
        WHERE o.shop_id = $1 GROUP BY 1)
      SELECT 'customer ' || c.customer_id AS subject,
        concat_ws(' ', k.orders_all, 'orders,', k.orders_valid, 'valid,', k.items, 'items,', k.spend_minor, 'spent,', k.total_all_minor, 'in all,',
          k.other_currency_all, 'in other currencies') AS stored,
        concat_ws(' ', n.orders, 'orders,', n.valid, 'valid,', n.items, 'items,', n.spend, 'spent,', n.total, 'in all,', n.other, 'in other currencies') AS computed
      FROM customers c LEFT JOIN customer_stats k USING (shop_id, customer_id)
        CROSS JOIN LATERAL (SELECT coalesce(k.orders_all, 0) AS orders, coalesce(k.orders_valid, 0) AS valid, coalesce(k.items, 0) AS items,
          coalesce(k.spend_minor, 0) AS spend, coalesce(k.total_all_minor, 0) AS total, coalesce(k.other_currency_all, 0) AS other) i
        LEFT JOIN own ON own.customer_id = c.customer_id
        CROSS JOIN LATERAL (SELECT coalesce(own.orders, 0) AS orders, coalesce(own.valid, 0) AS valid, coalesce(own.items, 0) AS items,
          coalesce(own.spend, 0) AS spend, coalesce(own.total, 0) AS total, coalesce(own.other, 0) AS other) n
      WHERE c.shop_id = $1 AND c.merged_into IS NULL AND (i.orders, i.valid, i.items, i.spend, i.total, i.other)
        IS DISTINCT FROM (n.orders, n.valid, n.items, n.spend, n.total, n.other)`,
  },
  {
    name: 'a payment spends what its code took off, all of it where the currencies differ',
    sql: `
      SELECT 'redemption ' || r.redemption_id || ' order ' || r.order_id AS subject,
        r.settled_units || ' for ' || coalesce(r.settled_minor || ' ' || r.currency, 'an unknown amount') AS stored,
        n.units || ' for an order in ' || o.currency AS computed
      FROM redemptions r JOIN orders o USING (shop_id, order_id)
        CROSS JOIN LATERAL (SELECT CASE WHEN o.currency <> r.currency THEN r.units
          ELSE least(r.units, ceil(r.units::numeric * r.settled_minor / nullif(r.amount_minor, 0))) END AS units) n
      WHERE r.shop_id = $1 AND r.kind = 'pay' AND r.state = 'settled'
        AND (r.settled_units IS DISTINCT FROM n.units OR (r.settled_minor IS NULL) <> (o.currency <> r.currency))`,
  },
];

/** What a customer bought, as far as valid orders kept it. */
import { z } from 'zod';
import { localDay } from '#app/lib/calendar-days.ts';
import { isOneOf, defineCondition, type Shown, type SqlContext } from '../condition.ts';
import type { CustomerFacts, Moment, Purchase } from '../facts.ts';
import { dayRange, instantsSql, isDayWithin, type DayRange } from '../kinds/date.ts';
import { day, days, idText, integerText, listOf, text } from '../kinds/limits.ts';
import { isWithin, type NumberRange } from '../kinds/number.ts';

/** What products are chosen by. Types and vendors compare exactly, tags by their lower case. */
const goods = z.discriminatedUnion('by', [
  z.object({ by: z.enum(['product', 'collection']), list: listOf(idText) }),
  // The product's id and the variant's: indexes are by product.
  z.object({ by: z.literal('variant'), list: listOf(z.string().regex(/^[1-9]\d{0,17}\/[1-9]\d{0,17}$/)) }),
  z.object({ by: z.enum(['type', 'vendor', 'tag']), list: listOf(text) }),
]);
export type Goods = z.infer<typeof goods>;

/** Days on which an order counts; null for all. */
const period = z
  .discriminatedUnion('op', [
    z.object({ op: z.literal('lastDays'), days }),
    z.object({ op: z.literal('moreThanDaysAgo'), days }),
    z.object({ op: z.literal('between'), from: day, to: day }),
    z.object({ op: z.literal('before'), day }),
    z.object({ op: z.literal('after'), day }),
  ])
  .nullable();

/** Both included; null for no limit. */
const limits = { from: integerText.nullable(), to: integerText.nullable() };
const MEASURES = ['times', 'units', 'spend'] as const;
type BoughtMeasure = (typeof MEASURES)[number];

export const boughtValues = z.discriminatedUnion('op', [
  z.object({ op: z.enum(['any', 'all', 'none']), goods, period }),
  z.object({ op: z.enum(['firstOrder', 'lastOrder']), goods }),
  /** In how many orders (each product of an order counts), how many items, or for how much. */
  z.object({ op: z.enum(MEASURES), goods, period, ...limits }),
]);
export type BoughtValues = z.infer<typeof boughtValues>;

function isOf({ by, list }: Goods, purchase: Purchase, customer: CustomerFacts): boolean {
  if (by === 'product') return list.includes(purchase.productId);
  if (by === 'variant') return list.includes(`${purchase.productId}/${purchase.variantId}`);
  const product = customer.products.get(purchase.productId);
  if (product === undefined) return false;
  if (by === 'collection') return product.collectionIds.some((id) => list.includes(id));
  if (by === 'tag') return product.tags.some((tag) => list.some((own) => own.toLowerCase() === tag));
  const own = by === 'type' ? product.type : product.vendor;
  return own !== null && list.includes(own);
}

/** Rows `p` of a table with product_id and variant_id that are of these goods. */
function goodsSql({ by, list }: Goods, context: SqlContext): string {
  const { put } = context;
  if (by === 'product') return `p.product_id ${isOneOf(context, list, 'bigint')}`;
  if (by === 'variant') {
    const ids = (place: number) =>
      isOneOf(
        context,
        list.map((pair) => pair.split('/')[place] ?? ''),
        'bigint',
      );
    return `(p.product_id ${ids(0)} AND p.variant_id ${ids(1)})`;
  }
  const products = {
    collection: () => `q.collection_ids && ${put(list, 'bigint[]')}`,
    type: () => `q.product_type = ANY(${put(list, 'text[]')})`,
    vendor: () => `q.vendor = ANY(${put(list, 'text[]')})`,
    tag: () =>
      `EXISTS (SELECT 1 FROM unnest(q.tags) AS g (tag) WHERE lower(g.tag) = ANY(${put(
        list.map((tag) => tag.toLowerCase()),
        'text[]',
      )}))`,
  }[by]();
  // An array, so that it is looked up once and then in the index.
  return `p.product_id = ANY(ARRAY(SELECT q.product_id FROM products q WHERE q.shop_id = $1 AND ${products}))`;
}

const rangeOf = (values: BoughtValues, today: string): DayRange | null =>
  'period' in values && values.period !== null ? dayRange(values.period, today) : null;

const limitsOf = (values: { from: string | null; to: string | null }): NumberRange => ({
  from: values.from === null ? null : BigInt(values.from),
  to: values.to === null ? null : BigInt(values.to),
});

/** The customers who bought goods in a period; `having` narrows each customer's purchases together. */
function buyersSql(of: Goods, range: DayRange | null, having: string | null, context: SqlContext): string {
  const from =
    range === null
      ? `customer_products p WHERE p.shop_id = $1 AND ${goodsSql(of, context)}`
      : linesSql(of, range, context);
  return context.isAmong(
    `SELECT p.customer_id FROM ${from}${having === null ? '' : ` GROUP BY p.customer_id HAVING ${having}`}`,
  );
}

/** The lines of orders `p` with goods in a period. */
function linesSql(of: Goods, range: DayRange, context: SqlContext): string {
  return `order_lines p WHERE p.shop_id = $1 AND p.customer_id IS NOT NULL AND p.product_id IS NOT NULL AND ${goodsSql(of, context)}
         AND p.bought_at IS NOT NULL AND ${instantsSql('p.bought_at', range, context)}`;
}

/** Customers who bought goods so often in a period. Lines are made distinct first: within a HAVING each of them is sorted. */
function oftenSql(of: Goods, range: DayRange, atLeast: bigint, context: SqlContext): string {
  const lines = `SELECT DISTINCT p.customer_id, p.order_id, p.product_id, p.variant_id FROM ${linesSql(of, range, context)}`;
  return context.isAmong(
    `SELECT d.customer_id FROM (${lines}) d GROUP BY d.customer_id HAVING count(*) >= ${context.put(atLeast, 'bigint')}`,
  );
}

const KEPT: Record<BoughtMeasure, string> = {
  times: 'sum(p.times)',
  units: 'sum(p.units)',
  spend: 'sum(p.net_minor)',
};
const LINES = { units: 'sum(p.kept_quantity)', spend: 'sum(p.net_minor)' };

/** Customers who bought none have zero, so an upper limit alone includes them. */
function measureSql(values: Extract<BoughtValues, { op: BoughtMeasure }>, context: SqlContext): string {
  const range = rangeOf(values, context.moment.today);
  const { from, to } = limitsOf(values);
  const atLeast = (limit: bigint) => {
    if (limit <= 0n) return 'true';
    if (limit === 1n && values.op === 'times') return buyersSql(values.goods, range, null, context);
    if (range !== null && values.op === 'times') return oftenSql(values.goods, range, limit, context);
    const sum = range === null || values.op === 'times' ? KEPT[values.op] : LINES[values.op];
    return buyersSql(values.goods, range, `${sum} >= ${context.put(limit, 'bigint')}`, context);
  };
  const parts = [
    ...(from === null ? [] : [atLeast(from)]),
    ...(to === null ? [] : [context.not(atLeast(to + 1n))]),
  ];
  return parts.length === 0 ? 'true' : `(${parts.join(' AND ')})`;
}

const orderKey = ({ orderId, productId, variantId }: Purchase) => `${orderId}/${productId}/${variantId}`;

function measured(measure: BoughtMeasure, purchases: readonly Purchase[]): bigint {
  if (measure === 'times') return BigInt(new Set(purchases.map(orderKey)).size);
  if (measure === 'units') return purchases.reduce((sum, { quantity }) => sum + BigInt(quantity), 0n);
  return purchases.reduce((sum, { netMinor }) => sum + netMinor, 0n);
}

function purchasesOf(values: BoughtValues, customer: CustomerFacts, { today, timeZone }: Moment): Purchase[] {
  const range = rangeOf(values, today);
  return customer.purchases.filter(
    (purchase) =>
      isOf(values.goods, purchase, customer) &&
      (range === null || isDayWithin(localDay(purchase.boughtAt, timeZone), range)),
  );
}

/** Each of the list as goods of its own. */
const each = (of: Goods): Goods[] => of.list.map((one) => ({ ...of, list: [one] }));

const isMeasure = (values: BoughtValues): values is Extract<BoughtValues, { op: BoughtMeasure }> =>
  MEASURES.some((measure) => measure === values.op);

export const bought = defineCondition('bought', {
  family: 'products',
  kind: { name: 'bought' },
  values: boughtValues,
  sql(values, context) {
    if (isMeasure(values)) return measureSql(values, context);
    const range = rangeOf(values, context.moment.today);
    const buyers = (of: Goods) => buyersSql(of, range, null, context);
    switch (values.op) {
      case 'any':
        return buyers(values.goods);
      case 'none':
        return context.not(buyers(values.goods));
      case 'all':
        return `(${each(values.goods).map(buyers).join(' AND ')})`;
      default: {
        const at = values.op === 'firstOrder' ? 'first' : 'last';
        return `EXISTS (SELECT 1 FROM customer_products p WHERE p.shop_id = $1 AND p.customer_id = s.customer_id
          AND ${goodsSql(values.goods, context)} AND p.${at}_at = s.${at}_order_at)`;
      }
    }
  },
  evaluate(values, customer, moment) {
    const purchases = purchasesOf(values, customer, moment);
    if (isMeasure(values)) return isWithin(measured(values.op, purchases), limitsOf(values));
    switch (values.op) {
      case 'any':
        return purchases.length > 0;
      case 'none':
        return purchases.length === 0;
      case 'all':
        return each(values.goods).every((of) => purchases.some((purchase) => isOf(of, purchase, customer)));
      default: {
        const order = values.op === 'firstOrder' ? customer.firstOrderAt : customer.lastOrderAt;
        return purchases.some(({ boughtAt }) => boughtAt.getTime() === order?.getTime());
      }
    }
  },
  show(customer, moment, values): Shown {
    const measure = MEASURES.find((one) => one === values.op) ?? 'times';
    return { is: 'number', value: measured(measure, purchasesOf(values, customer, moment)).toString() };
  },
  references: ({ goods: { by, list } }) =>
    by === 'product' || by === 'collection' ? list.map((id) => ({ to: by, id })) : [],
});

/**
 * Which of an order's discounts are prices of ours, and which rule gave each. Shopify writes the title that the buyer saw
 * and the value on the order, and not which app it was: titles are compared with the labels that were published.
 */
import { readListPrice } from '../../../../extensions/shared/price/list-price.ts';
import { ownPercent, readPlan, readVersion1 } from '../../../../extensions/shared/price/rules.ts';
import { proportionDown } from '#app/lib/integers.ts';
import {
  refundedQuantities,
  type AutomaticDiscount,
  type OrderLine,
  type OrderRefund,
  type OrderState,
} from '#app/modules/orders/rules/order-state.ts';
import { DISCOUNT_TITLE } from './price-keys.ts';

/** The category's percent, the customer's own, a quantity break, the price list, the tier's percent. */
export const ORDER_RULES = ['category', 'own', 'break', 'list', 'tier'] as const;
export type OrderRule = (typeof ORDER_RULES)[number];

/** What a rule took off an order: one of its discounts. */
export interface OrderPrice {
  /** Its place among the order's discounts. */
  application: number;
  rule: OrderRule;
  /** Of the category or the tier. */
  key: string;
  /** As the buyer saw it. */
  title: string;
  /** Hundredths; null where an amount is off. */
  percentBp: number | null;
  /** Taken off when it was bought, in minor units of the order's currency. */
  amountMinor: bigint;
  /** Of that, for items that went back. */
  returnedMinor: bigint;
}

/** What Shopify had when the order was made. */
export interface OrderTerms {
  /** The value of `$app:rules`. */
  rules: unknown;
  /** The value of the customer's `$app:price`. */
  person: unknown;
  /** The shop's day, as `YYYY-MM-DD`. */
  date: string;
  /** Values of `$app:prices` by variant. */
  lists: ReadonlyMap<bigint, unknown>;
}

/**
 * Lists the prices of ours on an order. `known` are those that were found before: they keep their rule, whatever was changed
 * since, and only their amounts are those of the order's newest state. A guest has no price of ours.
 */
export function listOrderPrices(
  order: OrderState,
  refunds: readonly OrderRefund[],
  terms: OrderTerms,
  known: readonly OrderPrice[],
): OrderPrice[] {
  if (order.customerId === null) return [];
  const refunded = refundedQuantities(order, refunds);
  return order.automatic.flatMap((discount): OrderPrice[] => {
    const before = known.find((each) => isSame(each, discount));
    const found = before ?? findRule(order, discount, terms);
    if (!found) return [];
    const { rule, key } = found;
    const { application, percentBp } = discount;
    const title = discount.title ?? DISCOUNT_TITLE;
    return [{ application, rule, key, title, percentBp, ...sumUp(order, application, refunded) }];
  });
}

function isSame(price: OrderPrice, { application, title, percentBp }: AutomaticDiscount): boolean {
  return (
    price.application === application &&
    price.percentBp === percentBp &&
    price.title === (title ?? DISCOUNT_TITLE)
  );
}

/** Cut off line by line, as what a refund restores is: all of it once all items went back. */
function sumUp(
  order: OrderState,
  application: number,
  refunded: ReadonlyMap<bigint, number>,
): Pick<OrderPrice, 'amountMinor' | 'returnedMinor'> {
  const sums = { amountMinor: 0n, returnedMinor: 0n };
  for (const line of order.lines) {
    const taken = takenOff(line, application);
    if (taken === 0n || line.quantity === 0) continue;
    sums.amountMinor += taken;
    sums.returnedMinor += proportionDown(
      taken,
      BigInt(refunded.get(line.lineId) ?? 0),
      BigInt(line.quantity),
    );
  }
  return sums;
}

function takenOff({ discounts }: OrderLine, application: number): bigint {
  return discounts.reduce(
    (sum, discount) => (discount.application === application ? sum + discount.amountMinor : sum),
    0n,
  );
}

type Found = Pick<OrderPrice, 'rule' | 'key'>;

/** The customer's own category and tier come first: a label may be that of another, too. */
function findRule(order: OrderState, discount: AutomaticDiscount, terms: OrderTerms): Found | null {
  const rules = readVersion1(terms.rules);
  if (!rules) return null;
  const { cat, tier } = readVersion1(terms.person) ?? {};
  const categories = withFirst(keysWithTitle(rules.cats, discount), cat);
  const tiers = withFirst(keysWithTitle(rules.tiers, discount), tier);
  const [category] = categories;
  const [ofTier] = tiers;
  const isOfTier =
    ofTier !== undefined &&
    (category === undefined || (ofTier === tier && isTierPercent(discount, terms, category)));
  if (isOfTier) return { rule: 'tier', key: ofTier };
  return category === undefined ? null : { rule: ruleOf(order, discount, terms, category), key: category };
}

function withFirst(keys: string[], first: unknown): string[] {
  return keys.toSorted((one, other) => Number(other === first) - Number(one === first));
}

function keysWithTitle(owner: unknown, { title }: AutomaticDiscount): string[] {
  if (typeof owner !== 'object' || owner === null) return [];
  return Object.entries(owner).flatMap(([key, fields]: [string, unknown]) => {
    const label = typeof fields === 'object' && fields !== null && 'label' in fields ? fields.label : null;
    return (label ?? DISCOUNT_TITLE) === (title ?? DISCOUNT_TITLE) ? [key] : [];
  });
}

/** Under one title the percent says which of the two it was; the category wins where both have it, as in the cart. */
function isTierPercent(
  { percentBp }: AutomaticDiscount,
  { rules, person, date }: OrderTerms,
  category: string,
): boolean {
  const plan = readPlan(rules, person, date);
  if (percentBp === null || plan?.tier?.bp !== percentBp) return false;
  const own = planOf({ rules, person, date }, category);
  return own === null || (own.bp !== percentBp && own.breaks.every(([, bp]) => bp !== percentBp));
}

/** The rule of a category; with the customer's own percent where it is theirs. */
function planOf({ rules, person, date }: Omit<OrderTerms, 'lists'>, category: string) {
  const isTheirs = readVersion1(person)?.cat === category;
  return readPlan(rules, isTheirs ? person : { v: 1, cat: category }, date)?.category ?? null;
}

function ruleOf(
  order: OrderState,
  { application, percentBp }: AutomaticDiscount,
  terms: OrderTerms,
  category: string,
): OrderRule {
  const { rules, person, date } = terms;
  const plan = planOf(terms, category);
  const isOwn = readVersion1(person)?.cat === category && ownPercent(rules, person, date) !== null;
  const base = isOwn ? 'own' : 'category';
  if (!plan) return base;
  if (percentBp !== null)
    return percentBp !== plan.bp && plan.breaks.some(([, bp]) => bp === percentBp) ? 'break' : base;
  const lines = order.lines.filter((line) => takenOff(line, application) > 0n);
  // An amount is off where the price is of a list, or a percent was rounded to the category's step.
  if (
    plan.list !== null &&
    (plan.step === 0 || lines.some((line) => isListPrice(line, application, terms, plan.list)))
  )
    return 'list';
  const quantity = lines[0]?.quantity ?? 0;
  const reached = plan.breaks.find(([least]) => least <= quantity);
  return reached !== undefined && reached[1] > plan.bp ? 'break' : base;
}

function isListPrice(
  line: OrderLine,
  application: number,
  { lists }: OrderTerms,
  list: string | null,
): boolean {
  if (list === null || line.variantId === null) return false;
  const price = readListPrice(lists.get(line.variantId), list, line.quantity, {
    isShopCurrency: true,
    conversion: null,
  });
  const paid = line.unitPriceMinor * BigInt(line.quantity) - takenOff(line, application);
  return price > 0 && BigInt(price) * BigInt(line.quantity) === paid;
}

/**
 * The price arithmetic again, from RESELLERS' meaning of the metafields and with bigint throughout: what the lean numbers are
 * compared with. It knows valid metafields only.
 */
import { type PriceInput, type PriceLine } from '../../extensions/shared/price/input.ts';

export interface ReferenceRule {
  bp?: number;
  breaks?: [number, number][];
  per?: string;
  min?: string;
  minQty?: number;
  only?: 'a' | 'b';
  not?: 'a' | 'b';
  sale?: boolean;
  subs?: boolean;
  list?: boolean;
  step?: string;
}

interface Rules {
  digits: number;
  cats: Record<string, ReferenceRule>;
  tiers?: Record<string, ReferenceRule>;
}

interface Person {
  cat?: string;
  tier?: string;
  bp?: number;
}

export interface ReferencePrice {
  gross: bigint;
  /** What each rule alone takes off the line; 0n where it takes nothing. */
  percent: bigint;
  list: bigint;
  tier: bigint;
  saving: bigint;
}

/** Prices each line of a cart in the shop's own currency, whose customer is signed in. */
export function referencePrices(input: PriceInput): ReferencePrice[] {
  const rules = input.discount.metafield?.jsonValue as Rules;
  const person = input.cart.buyerIdentity?.customer?.metafield?.jsonValue as Person;
  const category = person.cat === undefined ? undefined : rules.cats[person.cat];
  const tier = person.tier === undefined ? undefined : rules.tiers?.[person.tier];
  const { lines } = input.cart;
  const ofCategory = lines.filter((line) => category && isFor(category, line));
  const amount = ofCategory.reduce((sum, line) => sum + unitOf(line) * BigInt(line.quantity), 0n);
  const quantity = ofCategory.reduce((sum, line) => sum + line.quantity, 0);
  const isReached = amount >= BigInt(category?.min ?? 0) && quantity >= (category?.minQty ?? 0);
  return lines.map((line) => {
    const applies = isReached && ofCategory.includes(line);
    const counted = category?.per === 'product' ? sameProduct(ofCategory, line) : line.quantity;
    const percent = category && applies ? byPercent(category, person.bp, line, counted) : 0n;
    const list = category?.list && applies ? byList(person.cat ?? '', line, counted) : 0n;
    const gold = tier && isFor(tier, line) ? cut(grossOf(line), tier.bp ?? 0) : 0n;
    const saving = [percent, list, gold].reduce((most, each) => (each > most ? each : most), 0n);
    return { gross: grossOf(line), percent, list, tier: gold, saving };
  });
}

function isFor(rule: ReferenceRule, line: PriceLine): boolean {
  const { merchandise, cost } = line;
  if (merchandise.__typename !== 'ProductVariant' || merchandise.product.isGiftCard || unitOf(line) === 0n)
    return false;
  if (line.sellingPlanAllocation && !rule.subs) return false;
  if (rule.only && !merchandise.product[rule.only]) return false;
  if (rule.not && merchandise.product[rule.not]) return false;
  const before = cost.compareAtAmountPerQuantity;
  return rule.sale !== false || before === null || minorOf(before.amount) <= unitOf(line);
}

function sameProduct(lines: readonly PriceLine[], wanted: PriceLine): number {
  const idOf = ({ merchandise }: PriceLine) =>
    merchandise.__typename === 'ProductVariant' ? merchandise.product.id : '';
  return lines.filter((line) => idOf(line) === idOf(wanted)).reduce((sum, { quantity }) => sum + quantity, 0);
}

function byPercent(
  rule: ReferenceRule,
  person: number | undefined,
  line: PriceLine,
  quantity: number,
): bigint {
  const base = person ?? rule.bp ?? 0;
  const reached = (rule.breaks ?? []).filter(([least]) => least <= quantity);
  const highest = Math.max(0, ...reached.map(([least]) => least));
  const bp = Math.max(base, ...reached.filter(([least]) => least === highest).map(([, each]) => each));
  if (rule.step === undefined || bp === 0) return cut(grossOf(line), bp);
  const step = BigInt(rule.step);
  const unit = unitOf(line);
  const price = unit * BigInt(10_000 - bp);
  const rounded = ((2n * price + step * 10_000n) / (2n * step * 10_000n)) * step;
  if (rounded === 0n && price >= 10_000n) return cut(unit, bp) * BigInt(line.quantity);
  return rounded < unit ? (unit - rounded) * BigInt(line.quantity) : 0n;
}

function byList(category: string, line: PriceLine, quantity: number): bigint {
  if (line.merchandise.__typename !== 'ProductVariant') return 0n;
  const prices = line.merchandise.metafield?.jsonValue as Record<string, [number, string][]> | undefined;
  const reached = (prices?.[category] ?? []).filter(([least, minor]) => least <= quantity && minor !== '0');
  const highest = Math.max(0, ...reached.map(([least]) => least));
  const price = reached.filter(([least]) => least === highest).map(([, minor]) => BigInt(minor));
  if (price.length === 0) return 0n;
  const lowest = price.reduce((least, each) => (each < least ? each : least));
  return lowest < unitOf(line) ? (unitOf(line) - lowest) * BigInt(line.quantity) : 0n;
}

const cut = (amount: bigint, bp: number): bigint => (amount * BigInt(bp)) / 10_000n;
const minorOf = (amount: string): bigint => BigInt(amount.replace('.', ''));
const unitOf = ({ cost }: PriceLine): bigint => minorOf(cost.amountPerQuantity.amount);
const grossOf = (line: PriceLine): bigint => unitOf(line) * BigInt(line.quantity);

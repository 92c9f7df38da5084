/** The order that a merchant types beside a program's form, as the rules see it. Runs in the browser. */
import type { CategoryChoice, TierChoice } from './program-choices.server.ts';
import type { ProgramDraft } from './program-form.ts';
import { NO_FACTS, type OrderFacts } from '#app/modules/orders/rules/kept-facts.ts';
import type { PreviewLine } from '../rules/preview.ts';
import type { EarnProgram, EarnRules } from '../rules/program.ts';

/** A placeholder for any product with printed points: no product of a shop has this id. */
const PRINTED_PRODUCT_ID = 0n;
/** Products that can be typed in; more would hide the form. */
const PRODUCTS_MAX = 12;

/** What a merchant types of an order and of who made it. */
export interface TypedOrder {
  amountMinor: bigint;
  /** By key of `PreviewProduct`. */
  quantities: ReadonlyMap<string, number>;
  printedPoints: bigint;
  isMember: boolean;
  category: CategoryChoice | null;
  tier: TierChoice | null;
}

/** A product that some program rewards. */
export interface PreviewProduct {
  key: string;
  title: string;
  productId: bigint;
  variantId: bigint | null;
  /** How many are in the order until another figure is typed: enough for the form's own program. */
  quantity: number;
}

/** The rules in force with what is typed in the place of what is saved, first in the list. */
export function rulesWithDraft(
  rules: EarnRules,
  saved: Pick<EarnProgram, 'programId' | 'version'> | null,
  draft: ProgramDraft | null,
): EarnRules {
  const programId = saved?.programId ?? 0n;
  const others = rules.programs.filter((program) => program.programId !== programId);
  const own = draft ? [{ ...draft, programId, version: saved?.version ?? 1 }] : [];
  return { ...rules, programs: [...own, ...others] };
}

/** The products that these programs reward, those of the draft first and in such number that it gives something. */
export function previewProducts(programs: readonly EarnProgram[], draftId: bigint): PreviewProduct[] {
  const products = new Map<string, PreviewProduct>();
  for (const { programId, rule } of programs) {
    if (rule.kind !== 'product') continue;
    for (const { productId, variantId, title, quantity } of rule.rows) {
      const key = `${productId}/${variantId ?? ''}`;
      if (products.has(key) || products.size >= PRODUCTS_MAX) continue;
      products.set(key, {
        key,
        title,
        productId,
        variantId,
        quantity: programId === draftId ? quantity : 0,
      });
    }
  }
  return [...products.values()];
}

/** The typed order's lines: the amount, each product (whose price is part of the amount), and what has printed points. */
export function linesOf(order: TypedOrder, products: readonly PreviewProduct[]): PreviewLine[] {
  const goods = {
    title: null,
    productId: null,
    variantId: null,
    quantity: 1,
    unitPriceMinor: order.amountMinor,
  };
  const rewarded = products.map(({ key, title, productId, variantId, quantity }) => ({
    title,
    productId,
    variantId,
    quantity: order.quantities.get(key) ?? quantity,
    unitPriceMinor: 0n,
  }));
  const printed = { ...goods, productId: PRINTED_PRODUCT_ID, unitPriceMinor: 0n };
  return [goods, ...rewarded, ...(order.printedPoints > 0n ? [printed] : [])];
}

/** What is true of the typed order's customer and products. */
export function factsOf({ isMember, category, tier, printedPoints }: TypedOrder): OrderFacts {
  return {
    ...NO_FACTS,
    isMember,
    categoryId: category?.id ?? null,
    hasClub: category?.hasClub ?? true,
    tier: tier && { tierId: tier.id, name: tier.name, multiplierPercent: tier.multiplierPercent },
    products: new Map([[PRINTED_PRODUCT_ID, { tags: [], collectionIds: [], printedPoints }]]),
  };
}

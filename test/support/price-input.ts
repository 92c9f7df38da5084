/** Inputs of the price Function as its query returns them, and its results in a form that can be compared. */
import { type PriceInput, type PriceLine, type PriceVariant } from '../../extensions/shared/price/input.ts';

export interface LineFields {
  quantity?: number;
  amount?: string;
  compareAt?: string | null;
  prices?: unknown;
  product?: string;
  isGiftCard?: boolean;
  isSubscription?: boolean;
  isCustom?: boolean;
  a?: boolean;
  b?: boolean;
}

export interface CartFields {
  person?: unknown;
  rules?: unknown;
  lines?: readonly LineFields[];
  currency?: string;
  rate?: string;
  date?: string;
  codes?: readonly { code: string; rejectable: boolean }[];
  isAuthenticated?: boolean;
  isTill?: boolean;
  isCompany?: boolean;
}

/** The rules of a shop with one category, `reseller`, and one tier, `gold`. */
export function priceRules(category: object = {}, tier: object | null = null): Record<string, unknown> {
  return {
    v: 1,
    on: true,
    digits: 2,
    cats: { reseller: { bp: 1000, label: 'Reseller price', ...category } },
    ...(tier ? { tiers: { gold: { label: 'Gold member', ...tier } } } : {}),
  };
}

/** The input of a cart. */
export function priceInput(fields: CartFields = {}): PriceInput {
  const { person = { v: 1, cat: 'reseller' }, rules = priceRules(), currency = 'IDR' } = fields;
  return {
    cart: {
      retailLocation: fields.isTill ? { __typename: 'Location' } : null,
      buyerIdentity: {
        isAuthenticated: fields.isAuthenticated ?? true,
        purchasingCompany: fields.isCompany ? { __typename: 'PurchasingCompany' } : null,
        customer: { metafield: person === null ? null : { jsonValue: person } },
      },
      lines: (fields.lines ?? [{}]).map((line, index) => priceLine(line, index, currency)),
    },
    discount: { discountClasses: ['PRODUCT'], metafield: rules === null ? null : { jsonValue: rules } },
    enteredDiscountCodes: fields.codes ?? [],
    presentmentCurrencyRate: fields.rate ?? '1.0',
    shop: { localTime: { date: fields.date ?? '2026-11-28' } },
  };
}

function priceLine(line: LineFields, index: number, currency: string): PriceLine {
  const { compareAt = null, prices = null } = line;
  const variant: PriceVariant = {
    __typename: 'ProductVariant',
    metafield: prices === null ? null : { jsonValue: prices },
    product: {
      id: `gid://shopify/Product/${line.product ?? index + 1}`,
      isGiftCard: line.isGiftCard ?? false,
      a: line.a ?? false,
      b: line.b ?? false,
    },
  };
  return {
    id: `gid://shopify/CartLine/${index + 1}`,
    quantity: line.quantity ?? 1,
    cost: {
      amountPerQuantity: { amount: line.amount ?? '100000.00', currencyCode: currency },
      compareAtAmountPerQuantity: compareAt === null ? null : { amount: compareAt },
    },
    sellingPlanAllocation: line.isSubscription ? { __typename: 'SellingPlanAllocation' } : null,
    merchandise: line.isCustom ? { __typename: 'CustomProduct' } : variant,
  };
}

/** What a result does to each line, by the number at the end of its id: "10 % Reseller price", "10000.00 each". */
export function readDiscounts(result: unknown): Record<string, string> {
  const { operations } = result as { operations: { productDiscountsAdd?: Discounts }[] };
  const entries = operations.flatMap(({ productDiscountsAdd: added }) =>
    (added?.candidates ?? []).flatMap(({ targets, value, message }) =>
      targets.map(({ cartLine }): [string, string] => {
        const { percentage, fixedAmount } = value;
        const shown = percentage
          ? `${Number(percentage.value)} %`
          : `${fixedAmount?.amount}${fixedAmount?.appliesToEachItem ? ' each' : ''}`;
        return [cartLine.id.split('/').at(-1) ?? '', message == null ? shown : `${shown} ${message}`];
      }),
    ),
  );
  const lines = entries.map(([line]) => line);
  if (new Set(lines).size !== lines.length) throw new Error(`a line has two candidates: ${lines.join(' ')}`);
  return Object.fromEntries(entries);
}

interface Discounts {
  selectionStrategy: string;
  candidates: {
    message?: string | null;
    targets: { cartLine: { id: string } }[];
    value: { percentage?: { value: string }; fixedAmount?: { amount: string; appliesToEachItem?: boolean } };
  }[];
}

/** A result as the cases compare it: sets, decimal texts as numbers, no message like null. */
export function comparable(result: unknown): unknown {
  const { operations } = result as { operations: { productDiscountsAdd?: Discounts }[] };
  const others = operations.filter((each) => !each.productDiscountsAdd);
  const strategies = operations.flatMap(
    ({ productDiscountsAdd }) => productDiscountsAdd?.selectionStrategy ?? [],
  );
  const lines = operations.flatMap(({ productDiscountsAdd }) =>
    (productDiscountsAdd?.candidates ?? []).flatMap(({ targets, value, message }) =>
      targets.map(({ cartLine }) => ({
        line: cartLine.id,
        percent: value.percentage ? Number(value.percentage.value) : null,
        amount: value.fixedAmount ? Number(value.fixedAmount.amount) : null,
        isEach: value.fixedAmount?.appliesToEachItem ?? false,
        message: message ?? null,
      })),
    ),
  );
  return { strategies, lines: lines.toSorted((one, other) => one.line.localeCompare(other.line)), others };
}

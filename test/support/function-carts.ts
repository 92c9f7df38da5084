/** Large carts for the Functions' limits, as the examples of RESELLERS measured them. */
import { type PriceInput } from '../../extensions/shared/price/input.ts';

export interface LargeCart {
  lines: number;
  /** A price list of two thresholds on each line, all prices different; otherwise one percent. */
  hasLists?: boolean;
  label?: string;
  /** Changes of the category's rule. */
  category?: object;
}

/** Line ids are as long as Shopify's (a UUID). */
export function largeCart({
  lines,
  hasLists = false,
  label = 'Reseller price',
  category = {},
}: LargeCart): PriceInput {
  const uuid = (index: number) => `${String(index).padStart(8, '0')}-4b1f-4c7e-9a0d-2f6c8b1d7e55`;
  const rule = { bp: 1000, label, breaks: [[10, 1600]], list: hasLists, ...category };
  return {
    cart: {
      retailLocation: null,
      buyerIdentity: {
        isAuthenticated: true,
        purchasingCompany: null,
        customer: { metafield: { jsonValue: { v: 1, cat: 'reseller', bp: hasLists ? 100 : 1500 } } },
      },
      lines: Array.from({ length: lines }, (_, index) => ({
        id: `gid://shopify/CartLine/${uuid(index)}`,
        quantity: 1 + (index % 20),
        cost: {
          amountPerQuantity: { amount: `${10_000 + index * 37}.00`, currencyCode: 'IDR' },
          compareAtAmountPerQuantity: null,
        },
        sellingPlanAllocation: null,
        merchandise: {
          __typename: 'ProductVariant' as const,
          metafield: hasLists
            ? {
                jsonValue: {
                  v: 1,
                  reseller: [
                    [1, `${900_000 + index}`],
                    [10, `${850_000 + index}`],
                  ],
                },
              }
            : null,
          product: {
            id: `gid://shopify/Product/${7_000_000_000_000 + index}`,
            isGiftCard: false,
            a: true,
            b: false,
          },
        },
      })),
    },
    discount: {
      discountClasses: ['PRODUCT'],
      metafield: { jsonValue: { v: 1, on: true, digits: 2, cats: { reseller: rule } } },
    },
    enteredDiscountCodes: [],
    presentmentCurrencyRate: '1.0',
    shop: { localTime: { date: '2026-11-28' } },
  };
}

import { z } from 'zod';

import type { Sandbox } from '../sandbox.ts';
import { BadRequest, type Router } from '../router.ts';
import { currencyDigits, toMinorUnits } from '../shopify/money.ts';
import type { DiscountTerms } from '../state.ts';
import { gid, UnknownError, type World } from '../world.ts';
import { readBody, shopOf } from './input.ts';

const decimal = z.union([z.string(), z.number()]);

const discountInput = z.object({
  shop: z.string().optional(),
  /** Without one the discount is automatic. */
  code: z.string().min(1).max(255).optional(),
  title: z.string().min(1).optional(),
  class: z.enum(['product', 'order', 'shipping']).default('order'),
  /** Either an amount or percent. */
  amount: decimal.optional(),
  percent: z.number().positive().max(100).optional(),
  /** Handles, for the class `product`. */
  products: z.array(z.string()).optional(),
  minimum: decimal.optional(),
  combinesWith: z.array(z.enum(['product', 'order', 'shipping'])).default([]),
});

/** Registers the endpoint with which the merchant makes a discount, as in the discounts page of Shopify's admin. */
export function registerDiscountControls(router: Router, { world }: Sandbox): void {
  router.add('POST', '/_control/discounts', async (exchange) => {
    const input = await readBody(exchange, discountInput);
    const shop = shopOf(world, input.shop);
    const terms = toTerms(world, shop, input);
    const state = world.shop(shop);
    if (input.code === undefined) {
      state.automaticDiscounts = [...(state.automaticDiscounts ?? []), terms];
    } else {
      if (world.findDiscount(shop, input.code)) throw new BadRequest('code: taken');
      state.discounts.push({
        ...terms,
        redeemCodeId: world.nextId(),
        code: input.code,
        customerIds: null,
        usageLimit: null,
        appliesOncePerCustomer: false,
        tags: [],
        uses: [],
      });
    }
    const type = input.code === undefined ? 'DiscountAutomaticNode' : 'DiscountCodeNode';
    exchange.sendJson(201, { discount: { id: gid(type, terms.id), title: terms.title } });
  });
}

function toTerms(world: World, shop: string, input: z.output<typeof discountInput>): DiscountTerms {
  const digits = currencyDigits(world.shop(shop).shop.currency);
  if ((input.amount === undefined) === (input.percent === undefined))
    throw new BadRequest('amount: either this or percent');
  const now = world.instant();
  return {
    id: world.nextId(),
    title: input.title ?? input.code ?? 'Automatic discount',
    value:
      input.amount === undefined
        ? { kind: 'percentage', fraction: (input.percent ?? 0) / 100 }
        : { kind: 'fixed_amount', amount: toMinorUnits(input.amount, digits) },
    discountClass: input.class,
    productIds: input.products?.map((handle) => productId(world, shop, handle)) ?? null,
    minimumSubtotal: input.minimum === undefined ? null : toMinorUnits(input.minimum, digits),
    startsAt: now,
    endsAt: null,
    combinesWith: {
      productDiscounts: input.combinesWith.includes('product'),
      orderDiscounts: input.combinesWith.includes('order'),
      shippingDiscounts: input.combinesWith.includes('shipping'),
    },
    createdAt: now,
    updatedAt: now,
  };
}

function productId(world: World, shop: string, handle: string): number {
  const product = world.shop(shop).products.find((each) => each.handle === handle);
  if (!product) throw new UnknownError(`no product ${handle} in ${shop}`);
  return product.id;
}

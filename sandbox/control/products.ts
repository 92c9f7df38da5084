import { z } from 'zod';

import type { Sandbox } from '../sandbox.ts';
import type { Router } from '../router.ts';
import { currencyDigits, toMinorUnits } from '../shopify/money.ts';
import { createProduct, deleteProduct, updateProduct } from '../shopify/products.ts';
import { readBody, shopOf } from './input.ts';
import { productView } from './views.ts';

const productInput = z.object({
  shop: z.string().optional(),
  title: z.string().min(1).optional(),
  status: z.enum(['ACTIVE', 'DRAFT', 'ARCHIVED']).optional(),
  tags: z.array(z.string()).optional(),
  collections: z.array(z.union([z.string(), z.number()])).optional(),
  points: z.number().int().nullable().optional(),
});

const newProduct = z.object({
  shop: z.string().optional(),
  title: z.string().min(1),
  tags: z.array(z.string()).default([]),
  price: z.union([z.string().regex(/^\d+(\.\d{1,2})?$/), z.number().int().nonnegative()]),
});

/** Registers the endpoints that add, change and delete products. */
export function registerProductControls(router: Router, { world }: Sandbox): void {
  router.add('POST', '/_control/products', async (exchange) => {
    const { shop: wanted, price, ...input } = await readBody(exchange, newProduct);
    const shop = shopOf(world, wanted);
    const digits = currencyDigits(world.shop(shop).shop.currency);
    const product = createProduct(world, shop, { ...input, price: toMinorUnits(price, digits) });
    exchange.sendJson(201, { product: productView(product, world.shop(shop)) });
  });

  router.add('POST', '/_control/products/:id', async (exchange) => {
    const { shop: wanted, ...input } = await readBody(exchange, productInput);
    const shop = shopOf(world, wanted);
    const product = updateProduct(world, shop, exchange.params.id ?? '', input);
    exchange.sendJson(200, { product: productView(product, world.shop(shop)) });
  });

  router.add('DELETE', '/_control/products/:id', (exchange) => {
    const shop = shopOf(world, exchange.url.searchParams.get('shop'));
    const product = deleteProduct(world, shop, exchange.params.id ?? '');
    exchange.sendJson(200, { product: productView(product, world.shop(shop)) });
  });
}

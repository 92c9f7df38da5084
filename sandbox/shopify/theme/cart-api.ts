/** The Ajax API of the cart: /cart.js, /cart/add.js, /cart/change.js, /cart/update.js, and /discount/CODE. */
import { z } from 'zod';
import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import { changeLine, type Shoppers } from '../storefront/shoppers.ts';
import { visitOf, type StoreVisit } from '../storefront/visit.ts';
import { cartJson } from './cart-json.ts';

const whole = z.coerce.number().int().min(0);
const item = z.object({ id: whole, quantity: whole.default(1) });
const addition = z.union([
  z.object({ items: z.array(item).min(1) }),
  item.transform((one) => ({ items: [one] })),
]);
const change = z.object({ id: z.union([whole, z.string()]), quantity: whole });
/** `discount` is the whole set of codes, with commas between them; it replaces those on the cart. */
const update = z.object({
  updates: z.record(z.string(), whole).optional(),
  discount: z.string().optional(),
});

/** Shopify keeps as many codes on a cart. */
const CODES_MAX = 25;

/** Registers the addresses for every store. */
export function registerCartApi(router: Router, sandbox: Sandbox, shoppers: Shoppers): void {
  const visit = (exchange: Exchange): StoreVisit => visitOf(exchange, sandbox, shoppers);
  const sendCart = (exchange: Exchange, of: StoreVisit): void =>
    exchange.sendJson(200, cartJson(sandbox.world, of), { 'cache-control': 'no-store' });
  const refuse = (exchange: Exchange, error: z.ZodError): void =>
    exchange.sendJson(422, { status: 422, message: 'Cart Error', description: z.prettifyError(error) });

  router.add('GET', '/store/:shop/cart.js', (exchange) => sendCart(exchange, visit(exchange)));
  router.add('POST', '/store/:shop/cart/add.js', async (exchange) => {
    const here = visit(exchange);
    const read = addition.safeParse(await readFields(exchange));
    if (!read.success) return refuse(exchange, read.error);
    for (const { id, quantity } of read.data.items) changeLine(here.shopper, id, { add: quantity });
    sendCart(exchange, visit(exchange));
  });
  router.add('POST', '/store/:shop/cart/change.js', async (exchange) => {
    const here = visit(exchange);
    const read = change.safeParse(await readFields(exchange));
    if (!read.success) return refuse(exchange, read.error);
    const { id, quantity } = read.data;
    changeLine(here.shopper, Number(String(id).split(':')[0]), { set: quantity });
    sendCart(exchange, here);
  });
  router.add('POST', '/store/:shop/cart/update.js', async (exchange) => {
    const here = visit(exchange);
    const read = update.safeParse(await readFields(exchange));
    if (!read.success) return refuse(exchange, read.error);
    const { updates = {}, discount } = read.data;
    for (const [id, quantity] of Object.entries(updates))
      changeLine(here.shopper, Number(id), { set: quantity });
    if (discount !== undefined) here.shopper.codes = codesOf(discount);
    sendCart(exchange, here);
  });
  router.add('GET', '/store/:shop/discount/:code', (exchange) => {
    const { shop, shopper } = visit(exchange);
    const code = exchange.params.code ?? '';
    shopper.codes = codesOf([...shopper.codes, code].join(','));
    const wanted = exchange.url.searchParams.get('redirect') ?? '';
    const base = `/store/${shop.domain}`;
    exchange.redirect(wanted === base || wanted.startsWith(`${base}/`) ? wanted : base);
  });
}

/** Codes compare without case; one that is there twice counts once. */
function codesOf(text: string): string[] {
  const codes = new Map<string, string>();
  for (const code of text.split(',').map((each) => each.trim()))
    if (code !== '' && !codes.has(code.toUpperCase())) codes.set(code.toUpperCase(), code);
  return [...codes.values()].slice(0, CODES_MAX);
}

/** A body as JSON, or as a form. */
async function readFields(exchange: Exchange): Promise<unknown> {
  const isJson = exchange.request.headers['content-type']?.includes('json');
  return isJson ? exchange.json() : Object.fromEntries(await exchange.form());
}

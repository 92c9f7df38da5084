/** What the resellers' page in the customer account asks. The shapes are those of extensions/shared/reseller-api.ts. */
import { z } from 'zod';
import type {
  CheckView,
  ResellerItem,
  ResellerView,
  SkusView,
} from '../../../../extensions/shared/reseller-api.ts';
import { currencyDigits } from '#app/lib/money.ts';
import { checkResellerCart } from '#app/modules/pricing/shopper/check-reseller-cart.server.ts';
import {
  findResellerSkus,
  listResellerPrices,
  type ResellerPrice,
} from '#app/modules/pricing/shopper/list-reseller-prices.server.ts';
import type { PriceShop } from '#app/modules/pricing/shopper/price-terms.server.ts';
import {
  readResellerAccess,
  type ResellerAccess,
} from '#app/modules/pricing/shopper/reseller-access.server.ts';
import { toBadRequest, type Reply } from '../answers.ts';
import { idSchema, readJsonBody } from '../read-request.ts';
import { inReadTurn, type Endpoint, type Reader, type ShopperRequest } from '../shopper-turn.server.ts';

export const RESELLER_ENDPOINTS: readonly Endpoint[] = [
  { name: 'reseller', method: 'GET', path: /^\/api\/reseller$/, run: showPriceList },
  { name: 'reseller_skus', method: 'POST', path: /^\/api\/reseller\/skus$/, run: findSkus },
  { name: 'reseller_check', method: 'POST', path: /^\/api\/reseller\/check$/, run: checkLines },
];

const NOT_APPROVED: Reply = { status: 403, body: { ok: false, reason: 'not_approved' } };
const UNAVAILABLE: Reply = { status: 503, retryAfterSeconds: 5 };

const LINES_MAX = 250;
const LIMITS = { bytes: 32_000, ms: 10_000 };

const searchSchema = z.object({
  q: z.string().max(100).default(''),
  after: z.string().max(500).nullable().default(null),
});
const skusSchema = z.object({ skus: z.array(z.string().min(1).max(255)).min(1).max(LINES_MAX) });
const checkSchema = z.object({
  lines: z
    .array(z.object({ variantId: idSchema, quantity: z.number().int().min(1).max(1_000_000) }))
    .min(1)
    .max(LINES_MAX),
});

/** The price list, found by words of title and SKU. */
async function showPriceList({ shopper, search }: ShopperRequest): Promise<Reply> {
  return inReadTurn(shopper, async (customer) => {
    const shop = shopOf(customer);
    const access = await readResellerAccess(shop, customer.customerId);
    const closed: ResellerView = { state: 'not_approved' };
    if (!access) return { status: 200, body: closed };
    const asked = searchSchema.safeParse(Object.fromEntries(new URLSearchParams(search)));
    if (!asked.success) return toBadRequest({ status: 400, field: String(asked.error.issues[0]?.path[0]) });
    const page = await listResellerPrices(shop, access, { search: asked.data.q, after: asked.data.after });
    const unavailable: ResellerView = { state: 'unavailable' };
    if (!('items' in page)) return { status: 200, body: unavailable };
    const { items, next } = page;
    const view: ResellerView = {
      state: 'open',
      terms: toTerms(shop, access),
      items: items.map(toItem),
      next,
    };
    return { status: 200, body: view };
  });
}

/** The variants of pasted SKUs. */
async function findSkus({ shopper, req }: ShopperRequest): Promise<Reply> {
  return asReseller(shopper, async (shop, access) => {
    const read = await readJsonBody(req, skusSchema, LIMITS);
    if (!read.ok) return toBadRequest(read);
    const found = await findResellerSkus(shop, access, [...new Set(read.body.skus)]);
    if (!('items' in found)) return UNAVAILABLE;
    const view: SkusView = { ...found, items: found.items.map(toItem) };
    return { status: 200, body: view };
  });
}

/** What a cart costs. */
async function checkLines({ shopper, req }: ShopperRequest): Promise<Reply> {
  return asReseller(shopper, async (shop, access) => {
    const read = await readJsonBody(req, checkSchema, LIMITS);
    if (!read.ok) return toBadRequest(read);
    const { lines } = read.body;
    const checked = await checkResellerCart(shop, access, lines);
    if (!('lines' in checked)) return UNAVAILABLE;
    const quantityOf = new Map(lines.map(({ variantId, quantity }) => [variantId.toString(), quantity]));
    const view: CheckView = {
      lines: checked.lines.map(({ id, grossMinor, totalMinor }) => ({
        variantId: id,
        quantity: quantityOf.get(id) ?? 1,
        grossMinor: grossMinor.toString(),
        totalMinor: totalMinor.toString(),
      })),
      grossMinor: checked.grossMinor.toString(),
      totalMinor: checked.totalMinor.toString(),
      isBelowMinimum: checked.isBelowMinimum,
    };
    return { status: 200, body: view };
  });
}

async function asReseller(
  shopper: ShopperRequest['shopper'],
  run: (shop: PriceShop, access: ResellerAccess) => Promise<Reply>,
): Promise<Reply> {
  return inReadTurn(shopper, async (customer) => {
    const shop = shopOf(customer);
    const access = await readResellerAccess(shop, customer.customerId);
    return access ? run(shop, access) : NOT_APPROVED;
  });
}

function shopOf({ shopId, club: { domain, timeZone }, currency }: Reader): PriceShop {
  return { shopId, domain, currency, timeZone };
}

function toTerms({ currency }: PriceShop, { category }: ResellerAccess) {
  return {
    category: category.name,
    currency,
    currencyDigits: currencyDigits(currency),
    minimumMinor: category.minimumMinor.toString(),
    minimumQuantity: category.minimumQuantity,
  };
}

function toItem({ variant, prices }: ResellerPrice): ResellerItem {
  return {
    variantId: variant.variantId.toString(),
    title: variant.title,
    sku: variant.sku,
    retailMinor: variant.priceMinor.toString(),
    breaks: prices.map(({ quantity, unitMinor }) => ({ quantity, unitMinor: unitMinor.toString() })),
  };
}

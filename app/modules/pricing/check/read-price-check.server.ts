/** What a customer would pay for products, by the arithmetic of the Function, and which rule decides each line. */
import {
  checkCart,
  UNIT_MAX_MINOR,
  type PriceOffer,
} from '../../../../extensions/shared/price/check-cart.ts';
import { taxLeftOut, withoutTax } from '../../../../extensions/shared/price/tax.ts';
import { ledgerNow, pool } from '#app/db.server.ts';
import {
  readPricedVariants,
  type PricedVariant,
  type VariantRef,
} from '#app/integrations/shopify/priced-variants.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { unlessUnavailable } from '#app/modules/products/unless-unavailable.server.ts';
import { readShopPrices } from '../publish/read-prices.server.ts';
import { WANTED_OF_CUSTOMER, WANTED_OF_VARIANT } from '../publish/wanted.sql.ts';
import { writePriceRules } from '../rules/price-rules.ts';
import type { CheckAddress, CheckRow } from './check-address.ts';

export interface CheckedRow {
  ref: string;
  title: string;
  sku: string;
  quantity: number;
  unitMinor: bigint;
  grossMinor: bigint;
  totalMinor: bigint;
  won: PriceOffer | null;
  /** What the other rules would have taken off. */
  others: PriceOffer[];
}

export interface CheckedCustomer extends CustomerLine {
  category: string;
  percentBp: number | null;
  tier: string | null;
  /** Shopify doesn't have the latest change yet. */
  isWaiting: boolean;
  /** Their category's price applies at a till, too. */
  appliesAtTill: boolean;
  opensResellerPage: boolean;
}

export interface PriceCheckView {
  address: CheckAddress;
  /** Null: none was chosen, or there is no such customer. */
  customer: CheckedCustomer | null;
  rows: CheckedRow[];
  totals: { grossMinor: bigint; totalMinor: bigint };
  /** What the customer is shown of the total where their category sees prices without tax; null: the total. */
  netMinor: bigint | null;
  /** The cart is below the category's minimum. */
  isBelowMinimum: boolean;
  /** Prices aren't applied at checkout: this is what would be. */
  isOff: boolean;
  /** Shopify doesn't answer. */
  isUnavailable: boolean;
}

interface Shop {
  shopId: bigint;
  domain: string;
  currency: string;
  timeZone: string;
}

/** Reads the check of an address. Without a customer it shows the store's prices. */
export async function readPriceCheck(shop: Shop, address: CheckAddress): Promise<PriceCheckView> {
  const { shopId } = shop;
  const [known, { prices, settings }, now, variants] = await Promise.all([
    address.customerId === null ? null : readCheckedCustomer(shopId, BigInt(address.customerId)),
    readShopPrices(pool, shopId),
    ledgerNow(pool),
    unlessUnavailable(shop.domain, () =>
      readPricedVariants(shop.domain, shop.currency, address.rows.map(toRef)),
    ),
  ]);
  const lines = Array.isArray(variants) ? pairRows(address.rows, variants) : [];
  const lists = await readLists(shopId, lines);
  const rules = writePriceRules({ ...prices, isOn: true });
  const person = known?.wanted ?? null;
  const taxBp = taxLeftOut(rules, person);
  const checked = checkCart(
    {
      rules,
      person,
      date: localDay(now, shop.timeZone),
      currency: shop.currency,
      rate: '1',
    },
    lines.map(({ variant, quantity }, index) => ({
      id: String(index),
      productId: variant.productId.toString(),
      quantity,
      unitMinor: variant.priceMinor,
      compareAtMinor: variant.compareAtMinor,
      prices: lists.get(variant.variantId) ?? null,
      isGiftCard: variant.isGiftCard,
      isSubscription: false,
      sets: {
        a: variant.collectionIds.some((id) => settings.setA.includes(id)),
        b: variant.collectionIds.some((id) => settings.setB.includes(id)),
      },
    })),
  );
  return {
    address,
    customer: known?.customer ?? null,
    rows: lines.flatMap(({ variant, quantity }, index) => {
      const line = checked.lines[index];
      if (!line) return [];
      const { grossMinor, totalMinor, won, offers } = line;
      return [
        {
          ref: `v${variant.variantId}`,
          title: variant.title,
          sku: variant.sku,
          quantity,
          unitMinor: variant.priceMinor,
          grossMinor,
          totalMinor,
          won,
          others: offers.filter(({ rule }) => rule !== won?.rule),
        },
      ];
    }),
    totals: { grossMinor: checked.grossMinor, totalMinor: checked.totalMinor },
    netMinor: taxBp === 0 ? null : withoutTax(checked.totalMinor, taxBp),
    isBelowMinimum: checked.isBelowMinimum,
    isOff: !settings.isOn,
    isUnavailable: !Array.isArray(variants),
  };
}

function toRef({ ref }: CheckRow): VariantRef {
  const id = BigInt(ref.slice(1));
  return ref.startsWith('v') ? { variantId: id } : { productId: id };
}

interface Line {
  variant: PricedVariant;
  quantity: number;
}

/** Each variant with the quantity of its row; a product's row stands for its first variants. */
function pairRows(rows: readonly CheckRow[], variants: readonly PricedVariant[]): Line[] {
  const byRef = new Map(rows.map(({ ref, quantity }) => [ref, quantity]));
  return variants.flatMap((variant) => {
    const quantity = byRef.get(`v${variant.variantId}`) ?? byRef.get(`p${variant.productId}`);
    return quantity === undefined || variant.priceMinor > UNIT_MAX_MINOR ? [] : [{ variant, quantity }];
  });
}

interface CustomerRow extends CheckedCustomer {
  wanted: unknown;
}

async function readCheckedCustomer(
  shopId: bigint,
  customerId: bigint,
): Promise<{ customer: CheckedCustomer; wanted: unknown } | null> {
  const { rows } = await pool.query<CustomerRow>(
    `SELECT c.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone,
       g.name AS category, c.person_discount_bp AS "percentBp", t.name AS tier, ${WANTED_OF_CUSTOMER} AS wanted,
       p.changed_at IS NOT NULL AS "isWaiting",
       g.applies_at_till AS "appliesAtTill", g.opens_reseller_page AS "opensResellerPage"
     FROM customers c JOIN categories g ON g.shop_id = c.shop_id AND (g.category_id = c.category_id OR c.category_id IS NULL AND g.is_default)
       LEFT JOIN tiers t ON t.shop_id = c.shop_id AND t.tier_id = c.tier_id AND t.member_discount_bp > 0
       LEFT JOIN price_customers p ON p.shop_id = c.shop_id AND p.customer_id = c.customer_id
     WHERE c.shop_id = $1 AND c.customer_id = $2 AND c.state = 'active' AND c.merged_into IS NULL`,
    [shopId, customerId],
  );
  const [row] = rows;
  if (!row) return null;
  const { wanted, ...customer } = row;
  return { customer, wanted };
}

async function readLists(shopId: bigint, lines: readonly Line[]): Promise<Map<bigint, unknown>> {
  const ids = lines.map(({ variant }) => variant.variantId);
  const { rows } = await pool.query<{ id: bigint; prices: unknown }>(
    `SELECT v.variant_id AS id, ${WANTED_OF_VARIANT} AS prices FROM (SELECT $1::bigint AS shop_id, unnest($2::bigint[]) AS variant_id) v`,
    [shopId, bigintArray(ids)],
  );
  return new Map(rows.map(({ id, prices }) => [id, prices]));
}

/** What a cart would earn if it were ordered now: shown to a shopper, never posted. */
import { ledgerNow, pool, withSnapshot } from '#app/db.server.ts';
import { proportionDown } from '#app/lib/integers.ts';
import { NO_FACTS } from '#app/modules/orders/rules/kept-facts.ts';
import { orderKeyText } from '#app/modules/orders/known-order.ts';
import { readFacts } from '../award/read-facts.server.ts';
import { entitlementsOf, explainEarning } from '../rules/entitlement.ts';
import { previewOrder, type PreviewLine } from '../rules/preview.ts';
import { readClubRules } from '../rules-in-force.server.ts';
import { taxShareOf, type TaxShare } from './tax-share.server.ts';

export interface CartLine {
  productId: bigint;
  variantId: bigint;
  quantity: number;
  /** Price times quantity, in minor units, and what discounts take off it. */
  grossMinor: bigint;
  discountMinor: bigint;
  isGiftCard: boolean;
}

export interface CartToPreview {
  shopId: bigint;
  /** Null for a guest: what someone who signs in earns, without a tier. */
  customerId: bigint | null;
  currency: string;
  lines: readonly CartLine[];
}

/** What is expected: points, and credit in minor units. */
export interface ExpectedEarning {
  points: bigint;
  credit: bigint;
}

/**
 * What the cart would earn by the rules in force, once it is paid and handed over; null where the rules cannot say (a cart
 * in another currency, a shop that was never opened). The tax within prices is taken to be as in the latest order.
 */
export async function previewCart(cart: CartToPreview): Promise<ExpectedEarning | null> {
  const { shopId, customerId, currency } = cart;
  const now = await ledgerNow(pool);
  const taxShare = await taxShareOf(shopId);
  return withSnapshot(async (tx) => {
    const club = (await readClubRules(tx, [shopId])).get(shopId);
    if (club?.currency !== currency) return null;
    const lines = cart.lines.map((line) => toPreviewLine(line, taxShare));
    const order = previewOrder({ lines, currency, now }, customerId ?? undefined);
    const facts = await readFacts(tx, [{ shopId, order }], new Map([[shopId, club]]));
    const explained = explainEarning({
      order,
      refunds: [],
      rules: club.rules,
      facts: facts.get(orderKeyText({ shopId, orderId: order.orderId })) ?? NO_FACTS,
      eligibleAt: now,
    });
    const sums: ExpectedEarning = { points: 0n, credit: 0n };
    if (explained.nothingBecause !== null) return sums;
    for (const { unit, amount } of entitlementsOf(explained)) {
      if (unit === 'POINTS') sums.points += amount;
      else sums.credit += amount;
    }
    return sums;
  });
}

function toPreviewLine(line: CartLine, { taxMinor, netMinor }: TaxShare): PreviewLine {
  const { productId, variantId, quantity, grossMinor, discountMinor, isGiftCard } = line;
  const left = grossMinor - discountMinor;
  return {
    title: null,
    productId,
    variantId,
    quantity,
    unitPriceMinor: grossMinor / BigInt(quantity),
    discountMinor,
    taxMinor: netMinor > 0n && !isGiftCard ? proportionDown(left, taxMinor, netMinor) : 0n,
    isGiftCard,
  };
}

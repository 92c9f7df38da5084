/** One-time purchases of the app: the merchant approves each on a page of Shopify's. */
import { env } from '#app/env.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { formatDecimal, parseMinor } from '#app/lib/money.ts';
import type { CreatePurchaseMutation, ReadPurchaseQuery } from '#app/types/admin.generated.d.ts';
import { adminGraphql, firstUserError } from './admin-client.server.ts';
import { CREATE_PURCHASE, READ_PURCHASE } from './operations/purchases.ts';

export interface Purchase {
  status: 'PENDING' | 'ACTIVE' | 'DECLINED' | 'EXPIRED' | 'ACCEPTED' | 'CANCELLED' | 'FROZEN';
  amountMinor: bigint;
  currency: string;
  isTest: boolean;
}

/** Where a screen of the embedded app is, for Shopify to return to. */
function adminAddress(shopDomain: string, path: string): string {
  return env.SHOPIFY_SANDBOX_ORIGIN === undefined
    ? `https://${shopDomain}/admin/apps/${env.SHOPIFY_API_KEY}${path}`
    : `${env.SHOPIFY_SANDBOX_ORIGIN}/admin/${shopDomain}/apps/setia${path}`;
}

/**
 * Creates a purchase, which costs nothing until the merchant approves it at `confirmationUrl`. One whose answer is lost
 * expires there unseen.
 * @throws UpstreamError
 */
export async function createPurchase(
  shopDomain: string,
  purchase: { name: string; amountMinor: bigint; currency: string; returnPath: string; isTest: boolean },
): Promise<{ gid: string; confirmationUrl: string }> {
  const data = await adminGraphql<CreatePurchaseMutation>(shopDomain, CREATE_PURCHASE, {
    name: purchase.name,
    price: {
      amount: formatDecimal(purchase.amountMinor, purchase.currency),
      currencyCode: purchase.currency,
    },
    returnUrl: adminAddress(shopDomain, purchase.returnPath),
    test: purchase.isTest,
  });
  const created = data.appPurchaseOneTimeCreate;
  const error = firstUserError(created?.userErrors ?? []);
  if (error || !created?.appPurchaseOneTime || !created.confirmationUrl)
    throw new UpstreamError(error?.message ?? 'Shopify created no purchase', {
      retryable: false,
      outcomeKnown: true,
    });
  return { gid: created.appPurchaseOneTime.id, confirmationUrl: created.confirmationUrl };
}

/** Reads a purchase as it is now; null for one that Shopify doesn't have. @throws UpstreamError */
export async function readPurchase(shopDomain: string, gid: string): Promise<Purchase | null> {
  const { node } = await adminGraphql<ReadPurchaseQuery>(shopDomain, READ_PURCHASE, { id: gid });
  if (!node || !('status' in node)) return null;
  const { amount, currencyCode } = node.price;
  return {
    status: node.status,
    amountMinor: parseMinor(amount, currencyCode),
    currency: currencyCode,
    isTest: node.test,
  };
}

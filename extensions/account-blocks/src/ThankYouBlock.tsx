import type { Api } from '@shopify/ui-extensions/purchase.thank-you.block.render';
import { useMemo } from 'preact/hooks';
import { createAccountClient } from '../../shared/account-client.ts';
import { toOrderRequest } from './order-request.ts';
import { useOrderPoints } from './use-order-points.ts';
import { OrderPointsSection } from './views/OrderPointsSection.tsx';

interface BlockProps {
  shopify: Api;
  /** Origin of the app. */
  origin: string;
}

/** Points of the order that was just made; guests are told how to get theirs. */
export function ThankYouBlock({ shopify, origin }: BlockProps) {
  const client = useMemo(
    () => createAccountClient({ origin, token: () => shopify.sessionToken.get() }),
    [shopify, origin],
  );
  const { order } = shopify.orderConfirmation.value;
  const request = toOrderRequest({
    lines: shopify.lines.value,
    discounts: shopify.discountAllocations.value,
    codes: shopify.discountCodes.value,
  });
  const { state, ask } = useOrderPoints(client, request && { id: order.id, request });
  const store = (shopify.shop.storefrontUrl ?? `https://${shopify.shop.myshopifyDomain}`).replace(/\/+$/, '');
  const isSignedIn = shopify.buyerIdentity?.customer.value !== undefined;
  return (
    <OrderPointsSection
      i18n={shopify.i18n}
      state={state}
      client={client}
      orderId={order.id}
      onChanged={() => void ask()}
      signIn={isSignedIn ? null : { href: `${store}/account/login` }}
      clubPage={null}
    />
  );
}

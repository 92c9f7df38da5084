import type { Api } from '@shopify/ui-extensions/customer-account.order-status.block.render';
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

/** Points of an order on its page: always of the order, the balance after the sign-in only. */
export function OrderStatusBlock({ shopify, origin }: BlockProps) {
  const client = useMemo(
    () => createAccountClient({ origin, token: () => shopify.sessionToken.get() }),
    [shopify, origin],
  );
  const order = shopify.order.value;
  const request = toOrderRequest({
    lines: shopify.lines.value,
    discounts: shopify.discountAllocations.value,
    codes: shopify.discountCodes.value,
  });
  const asked = order && request ? { id: order.id, request } : null;
  const { state, ask } = useOrderPoints(client, asked);
  const isSignedIn = shopify.authenticationState.value === 'fully_authenticated';
  // The visitor may dismiss the sign-in: then everything stays as it is.
  const signIn = () => void shopify.requireLogin().catch(() => undefined);
  return (
    <OrderPointsSection
      i18n={shopify.i18n}
      state={state}
      client={client}
      orderId={order?.id ?? ''}
      onChanged={() => void ask()}
      signIn={isSignedIn ? null : { onClick: signIn }}
      clubPage="extension:account-club/"
    />
  );
}

import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { tillClient } from './client.ts';
import { EarnedBlock } from './views/EarnedBlock.tsx';

const NEVER_AGAIN: readonly number[] = [];

/** Entry of the target pos.order-details.block.render: the points of an order. */
export default function extension(): void {
  const { id, customerId } = shopify.order;
  render(
    <EarnedBlock
      till={shopify}
      client={tillClient(shopify)}
      orderId={String(id)}
      customerId={customerId === undefined ? null : String(customerId)}
      againMs={NEVER_AGAIN}
      onJoin={null}
    />,
    document.body,
  );
}

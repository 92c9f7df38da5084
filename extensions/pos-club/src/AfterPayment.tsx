import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { tillClient } from './client.ts';
import { EarnedBlock } from './views/EarnedBlock.tsx';

/** What the app is asked again after, while Shopify has not told it of the order yet. */
const AGAIN_MS: readonly number[] = [3_000, 7_000, 15_000];

/** Entry of the target pos.purchase.post.block.render: what the order earned; a walk-in can join. */
export default function extension(): void {
  const { id, customerId } = shopify.order;
  render(
    <EarnedBlock
      till={shopify}
      client={tillClient(shopify)}
      orderId={String(id)}
      customerId={customerId === undefined ? null : String(customerId)}
      againMs={AGAIN_MS}
      onJoin={() => shopify.action.presentModal()}
    />,
    document.body,
  );
}

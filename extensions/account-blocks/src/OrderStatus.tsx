import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { backendOrigin } from '../../shared/backend.ts';
import { OrderStatusBlock } from './OrderStatusBlock.tsx';

/** Entry of the target customer-account.order-status.block.render: what this order means for the club. */
export default function extension(): void {
  render(<OrderStatusBlock shopify={shopify} origin={backendOrigin()} />, document.body);
}

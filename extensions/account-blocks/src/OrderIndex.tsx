import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { backendOrigin } from '../../shared/backend.ts';
import { StandingBlock } from './StandingBlock.tsx';

/** Entry of the target customer-account.order-index.block.render: the customer's standing beside their orders. */
export default function extension(): void {
  render(<StandingBlock shopify={shopify} origin={backendOrigin()} />, document.body);
}

import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { backendOrigin } from '../../shared/backend.ts';
import { Block } from './Block.tsx';

/** Entry of the target purchase.checkout.block.render: shows the club block in the checkout. */
export default function extension(): void {
  render(<Block shopify={shopify} origin={backendOrigin()} />, document.body);
}

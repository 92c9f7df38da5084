import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { backendOrigin } from '../../shared/backend.ts';
import { ThankYouBlock } from './ThankYouBlock.tsx';

/** Entry of the target purchase.thank-you.block.render: what the order that was just made means for the club. */
export default function extension(): void {
  render(<ThankYouBlock shopify={shopify} origin={backendOrigin()} />, document.body);
}

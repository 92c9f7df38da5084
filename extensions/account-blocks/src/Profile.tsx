import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { backendOrigin } from '../../shared/backend.ts';
import { StandingBlock } from './StandingBlock.tsx';

/** Entry of the target customer-account.profile.block.render: the customer’s standing in their profile. */
export default function extension(): void {
  render(<StandingBlock shopify={shopify} origin={backendOrigin()} />, document.body);
}

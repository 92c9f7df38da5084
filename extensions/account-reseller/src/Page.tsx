import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { backendOrigin } from '../../shared/backend.ts';
import { ResellerPage } from './ResellerPage.tsx';

/** Entry of the target customer-account.page.render: the resellers' page of the customer account. */
export default function extension(): void {
  render(<ResellerPage shopify={shopify} origin={backendOrigin()} />, document.body);
}

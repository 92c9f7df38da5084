import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { backendOrigin } from '../../shared/backend.ts';
import { ClubPage } from './ClubPage.tsx';

/** Entry of the target customer-account.page.render: the club as a page of the customer account. */
export default function extension(): void {
  render(<ClubPage shopify={shopify} origin={backendOrigin()} />, document.body);
}

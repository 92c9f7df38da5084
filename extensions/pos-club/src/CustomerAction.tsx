import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { tillClient } from './client.ts';
import { ClubPage } from './views/ClubPage.tsx';

/** Entry of the target pos.customer-details.action.render: the whole club of the customer whose page is open. */
export default function extension(): void {
  render(
    <ClubPage till={shopify} client={tillClient(shopify)} customerId={String(shopify.customer.id)} />,
    document.body,
  );
}

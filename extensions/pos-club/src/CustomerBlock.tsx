import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { tillClient } from './client.ts';
import { CustomerSummary } from './views/CustomerSummary.tsx';

/** Entry of the target pos.customer-details.block.render: the customer's standing, and a button to the rest. */
export default function extension(): void {
  render(
    <CustomerSummary
      till={shopify}
      client={tillClient(shopify)}
      customerId={String(shopify.customer.id)}
      onOpen={() => shopify.action.presentModal()}
    />,
    document.body,
  );
}

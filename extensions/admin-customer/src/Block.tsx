import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { idOfGid } from '../../shared/gid.ts';
import { createStaffClient } from '../../shared/staff-client.ts';
import { CustomerBlock } from './CustomerBlock.tsx';

/** Entry of the target admin.customer-details.block.render: the club on Shopify's own customer page. */
export default function extension(): void {
  render(
    <CustomerBlock
      i18n={shopify.i18n}
      // The admin completes the address and adds the user's token.
      client={createStaffClient({ origin: '', token: null })}
      customerId={idOfGid(shopify.data.selected[0]?.id)}
      onNavigate={(address) => shopify.navigation.navigate(address)}
    />,
    document.body,
  );
}

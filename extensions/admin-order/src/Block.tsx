import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { idOfGid } from '../../shared/gid.ts';
import { createStaffClient } from '../../shared/staff-client.ts';
import { OrderBlock } from './OrderBlock.tsx';

/** Entry of the target admin.order-details.block.render: why the order earned what it earned. */
export default function extension(): void {
  render(
    <OrderBlock
      i18n={shopify.i18n}
      // The admin completes the address and adds the user's token.
      client={createStaffClient({ origin: '', token: null })}
      orderId={idOfGid(shopify.data.selected[0]?.id)}
    />,
    document.body,
  );
}

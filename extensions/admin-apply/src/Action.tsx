import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { idOfGid } from '../../shared/gid.ts';
import { createStaffClient } from '../../shared/staff-client.ts';
import { ApplyAction } from './ApplyAction.tsx';

/** Entry of the target admin.order-details.action.render: "apply now" (F68). */
export default function extension(): void {
  render(
    <ApplyAction
      i18n={shopify.i18n}
      // The admin completes the address and adds the user's token.
      client={createStaffClient({ origin: '', token: null })}
      orderId={idOfGid(shopify.data.selected[0]?.id)}
      onClose={() => shopify.close()}
    />,
    document.body,
  );
}

import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { idOfGid } from '../../shared/gid.ts';
import { createStaffClient } from '../../shared/staff-client.ts';
import { AdjustAction } from './AdjustAction.tsx';

/** Entry of the target admin.customer-details.action.render: the adjust form, as on the app's own page. */
export default function extension(): void {
  render(
    <AdjustAction
      i18n={shopify.i18n}
      // The admin completes the address and adds the user's token.
      client={createStaffClient({ origin: '', token: null })}
      customerId={idOfGid(shopify.data.selected[0]?.id)}
      onClose={() => shopify.close()}
    />,
    document.body,
  );
}

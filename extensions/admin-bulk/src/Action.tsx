import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { idOfGid } from '../../shared/gid.ts';
import { createStaffClient } from '../../shared/staff-client.ts';
import { BulkAction } from './BulkAction.tsx';

/** Entry of the target admin.customer-index.selection-action.render: one change for the selected customers. */
export default function extension(): void {
  render(
    <BulkAction
      i18n={shopify.i18n}
      // The admin completes the address and adds the user's token.
      client={createStaffClient({ origin: '', token: null })}
      customerIds={shopify.data.selected.map(({ id }) => idOfGid(id)).filter((id) => id !== '')}
      onClose={() => shopify.close()}
    />,
    document.body,
  );
}

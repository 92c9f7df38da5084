import { idOfGid } from '../../shared/gid.ts';
import { createStaffClient } from '../../shared/staff-client.ts';
import { shouldOffer } from './should-offer.ts';

/** Entry of the target admin.order-details.action.should-render. */
export default async function shouldRender(): Promise<{ display: boolean }> {
  const client = createStaffClient({ origin: '', token: null });
  return { display: await shouldOffer(client, idOfGid(shopify.data.selected[0]?.id)) };
}

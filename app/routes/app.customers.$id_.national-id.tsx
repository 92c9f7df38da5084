import { data, type ActionFunctionArgs } from '@remix-run/node';
import { readIdParam } from '#app/lib/read-id.ts';
import { revealNationalId } from '#app/modules/privacy/reveal-national-id.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

/** Shows a customer's national ID in full. A post, because it is written down who looked. */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) throw data(null, { status: 404 });
  const { actor } = await readStaff(request, shop);
  return { nationalId: await revealNationalId(shop.shopId, customerId, actor) };
}

import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { receiveFile } from '#app/modules/workbooks/upload/receive-file.server.ts';

/** Takes one file as the body of the request; `name` is what the merchant's computer calls it. */
export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { actor } = await readStaff(request, shop);
  const name = readSearchParams(request).get('name')?.trim() || 'customers';
  const answer = await receiveFile(request, { shopId: shop.shopId, actor, name });
  return Response.json(answer, { status: answer.ok ? 200 : 422 });
}

import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readHistory } from '#app/modules/customers/history.queries.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** Changes of a customer's record, the newest first: `?before=` goes on. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) throw data(null, { status: 404 });
  return readHistory(shopId, customerId, readIdParam(readSearchParams(request).get('before')));
}

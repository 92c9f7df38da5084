import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { filterTree, readCustomerFilter } from '#app/modules/segments/customer-filter.ts';
import { explainCustomer } from '#app/modules/segments/explain-customer.server.ts';
import { nameExplained } from '#app/modules/segments/name-rule.server.ts';

/** Why a customer is in a search: `customer` is the id, the rest is the list's address. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const params = readSearchParams(request);
  const customerId = readIdParam(params.get('customer') ?? undefined);
  const rule = filterTree(readCustomerFilter(params));
  if (customerId === null || rule === null) return Response.json({ ok: false }, { status: 400 });
  const explained = await explainCustomer(shopId, customerId, rule);
  const names = explained === null ? {} : await nameExplained(shopId, explained);
  return Response.json({ ok: true, explained, names });
}

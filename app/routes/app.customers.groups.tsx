import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readCustomerFilter } from '#app/modules/segments/customer-filter.ts';
import { groupCustomers } from '#app/modules/segments/group-customers.server.ts';
import { GROUPINGS } from '#app/modules/segments/groupings.ts';
import { nameRule } from '#app/modules/segments/name-rule.server.ts';

/** A search split by what its customers are: `by` is the grouping, the rest is the list's address. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const params = readSearchParams(request);
  const by = GROUPINGS.find((grouping) => grouping === params.get('by'));
  if (by === undefined) return Response.json({ ok: false }, { status: 400 });
  const groups = await groupCustomers(shopId, readCustomerFilter(params), by);
  const parts = groups.map(({ condition }) => condition);
  const names = parts.length === 0 ? {} : await nameRule(shopId, { kind: 'any', parts });
  return Response.json({
    ok: true,
    groups: groups.map((group) => ({ ...group, spendMinor: group.spendMinor.toString() })),
    names,
  });
}

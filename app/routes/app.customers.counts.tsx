import type { LoaderFunctionArgs } from '@remix-run/node';
import { countCustomers, countTabs } from '#app/modules/segments/count-customers.server.ts';
import { readCustomerFilter } from '#app/modules/segments/customer-filter.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';

/** How many customers a filter finds, or with `of=tabs` each tab has; apart from the page, which does not wait for it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  if (searchParams.get('of') === 'tabs') return { tabs: await countTabs(shopId), found: null };
  return { tabs: null, found: await countCustomers(shopId, readCustomerFilter(searchParams)) };
}

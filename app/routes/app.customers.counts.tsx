import type { LoaderFunctionArgs } from '@remix-run/node';
import { countCustomers, countTabs } from '#app/modules/customers/list/count-customers.server.ts';
import { readCustomerFilter } from '#app/modules/customers/list/customer-filter.ts';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

/** How many customers a filter finds, or with `of=tabs` each tab has; apart from the page, which does not wait for it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const { searchParams } = new URL(request.url);
  if (searchParams.get('of') === 'tabs') return { tabs: await countTabs(shopId), found: null };
  return { tabs: null, found: await countCustomers(shopId, readCustomerFilter(searchParams)) };
}

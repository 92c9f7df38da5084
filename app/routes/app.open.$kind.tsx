import { data, redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';

/** Where a record of Shopify's admin is in the app. */
const SCREENS = new Map([
  ['customer', '/app/customers'],
  ['order', '/app/activity/orders'],
]);

/** Links of Shopify's admin lead here with the record's `id` (extensions/admin-link-*); its screen is found by it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  const screen = SCREENS.get(params.kind ?? '');
  const id = readIdParam(searchParams.get('id'));
  if (screen === undefined || id === null) throw data(null, { status: 404 });
  searchParams.delete('id');
  const rest = searchParams.toString();
  return redirect(`${screen}/${id}${rest === '' ? '' : `?${rest}`}`);
}

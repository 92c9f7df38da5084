import type { LoaderFunctionArgs } from '@remix-run/node';
import { listCityChoices } from '#app/modules/segments/city-choices.queries.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** The cities of the shop's customers, for the list's filter. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return { cities: await listCityChoices(shopId) };
}

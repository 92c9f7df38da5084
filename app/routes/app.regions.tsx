import type { LoaderFunctionArgs } from '@remix-run/node';
import { listRegions } from '#app/modules/regions/list-regions.server.ts';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

/** What the region pickers list: `?country=ID&level=province|city|district|country&parent=…&q=…`. */
export async function loader({ request }: LoaderFunctionArgs) {
  await authenticateAdmin(request);
  return listRegions(new URL(request.url).searchParams);
}

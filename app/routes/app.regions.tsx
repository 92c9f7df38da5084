import { readSearchParams } from '#app/lib/storable.ts';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { listRegions } from '#app/modules/regions/list-regions.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** What the region pickers list: `?country=ID&level=province|city|district|country&parent=…&q=…`. */
export async function loader({ request }: LoaderFunctionArgs) {
  await authenticateAdmin(request);
  return listRegions(readSearchParams(request));
}

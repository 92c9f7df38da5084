import type { LoaderFunctionArgs } from '@remix-run/node';
import { pickCollections } from '#app/modules/products/pick-collections.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';

/** What the collection picker lists for `q` and `after`. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { domain } = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  return pickCollections(domain, searchParams.get('q') ?? '', searchParams.get('after'));
}

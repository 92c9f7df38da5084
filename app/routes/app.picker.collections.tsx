import type { LoaderFunctionArgs } from '@remix-run/node';
import { pickCollections } from '#app/modules/products/pick-collections.server.ts';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

/** What the collection picker lists for `q` and `after`. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { domain } = await authenticateAdmin(request);
  const { searchParams } = new URL(request.url);
  return pickCollections(domain, searchParams.get('q') ?? '', searchParams.get('after'));
}

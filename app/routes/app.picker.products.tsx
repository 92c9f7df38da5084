import type { LoaderFunctionArgs } from '@remix-run/node';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { pickProducts, pickVariants } from '#app/modules/products/pick-products.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** What the product picker lists: products for `q` and `after`, or the variants of `product`. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { domain } = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  const productId = readIdParam(searchParams.get('product'));
  if (productId !== null) return pickVariants(domain, productId);
  return pickProducts(domain, searchParams.get('q') ?? '', searchParams.get('after'));
}

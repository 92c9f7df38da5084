import { readSearchParams } from '#app/lib/storable.ts';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { findDuplicates } from '#app/modules/crm/form/find-duplicates.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** Who has a phone or an e-mail address already: `?phone=…&email=…&except=…`. */
export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const found = await findDuplicates(shop, readSearchParams(request));
  return { ok: true, found: found.map((each) => ({ ...each, customerId: String(each.customerId) })) };
}

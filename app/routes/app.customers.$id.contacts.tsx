import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readContactsTab } from '#app/modules/crm/profile/contacts-tab.server.ts';
import { readCursor } from '#app/modules/messaging/history/list-messages.queries.server.ts';
import { ContactsTab } from '#app/modules/crm/profile/ui/contacts-tab.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const search = readSearchParams(request);
  const at = { sent: readCursor(search), planned: readIdParam(search.get('planned')) };
  const view = customerId === null ? null : await readContactsTab(shopId, customerId, at);
  if (!view) throw data(null, { status: 404 });
  return { view };
}

export default function CustomerContacts() {
  const { view } = useLoaderData<typeof loader>();
  return <ContactsTab view={view} />;
}

import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readIdParam } from '#app/lib/read-id.ts';
import { readContactsTab } from '#app/modules/customers/detail/contacts-tab.server.ts';
import { ContactsTab } from '#app/modules/customers/detail/ui/contacts-tab.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const before = readIdParam(new URL(request.url).searchParams.get('before'));
  const view = customerId === null ? null : await readContactsTab(shopId, customerId, before);
  if (!view) throw data(null, { status: 404 });
  return { view };
}

export default function CustomerContacts() {
  const { view } = useLoaderData<typeof loader>();
  return <ContactsTab view={view} />;
}

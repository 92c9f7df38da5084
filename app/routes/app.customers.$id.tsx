import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { Outlet, useLoaderData } from '@remix-run/react';
import { revalidateUnlessRefused } from '#app/components/save-or-keep.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readHeader } from '#app/modules/crm/profile/read-header.server.ts';
import { CustomerFrame } from '#app/modules/crm/profile/ui/customer-frame.tsx';
import { LifecycleBadge } from '#app/modules/segments/ui/lifecycle-badge.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const header = customerId === null ? null : await readHeader(shopId, customerId);
  if (!header) throw data(null, { status: 404 });
  return { header };
}

export const shouldRevalidate = revalidateUnlessRefused;

export default function CustomerLayout() {
  const { header } = useLoaderData<typeof loader>();
  return (
    <CustomerFrame header={header} lifecycle={<LifecycleBadge group={header.group} />}>
      <Outlet />
    </CustomerFrame>
  );
}

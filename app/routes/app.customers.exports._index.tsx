import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { actOnExports } from '#app/modules/workbooks/export/act-on-exports.server.ts';
import { readExportColumns, readExportScreen } from '#app/modules/workbooks/export/exports.queries.server.ts';
import { ExportScreen } from '#app/modules/workbooks/export/ui/export-screen.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const before = readIdParam(readSearchParams(request).get('before'));
  const [view, columns] = await Promise.all([readExportScreen(shopId, before), readExportColumns(shopId)]);
  return { ...view, columns };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const draft = await readDraft(request);
  const answer = await actOnExports(shop.shopId, draft, async () => (await readStaff(request, shop)).actor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function ExportsRoute() {
  return <ExportScreen view={useLoaderData<typeof loader>()} />;
}

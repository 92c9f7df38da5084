import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { actOnNotes } from '#app/modules/notes/act-on-notes.server.ts';
import { listNotes } from '#app/modules/notes/notes.queries.server.ts';
import { NotesTab } from '#app/modules/notes/ui/notes-tab.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const before = readSearchParams(request).get('before');
  const page = customerId === null ? null : await listNotes(shopId, customerId, before);
  if (customerId === null || !page) throw data(null, { status: 404 });
  return { page, customerId, isFirstPage: before === null };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) throw data(null, { status: 404 });
  const { values } = await readDraft(request);
  const readActor = async () => (await readStaff(request, shop)).actor;
  const answer = await actOnNotes(shop.shopId, customerId, values, readActor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function CustomerNotes() {
  return <NotesTab {...useLoaderData<typeof loader>()} />;
}

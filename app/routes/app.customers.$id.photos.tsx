import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { changePhoto } from '#app/modules/photos/change-photo.server.ts';
import { listPhotos } from '#app/modules/photos/photos.queries.server.ts';
import { PhotosTab } from '#app/modules/photos/ui/photos-tab.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const before = readSearchParams(request).get('before');
  const page = customerId === null ? null : await listPhotos(shopId, customerId, before);
  if (customerId === null || !page) throw data(null, { status: 404 });
  return { page, customerId, isFirstPage: before === null };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) throw data(null, { status: 404 });
  const { values } = await readDraft(request);
  const answer = await changePhoto(shopId, customerId, values);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function CustomerPhotos() {
  return <PhotosTab {...useLoaderData<typeof loader>()} />;
}

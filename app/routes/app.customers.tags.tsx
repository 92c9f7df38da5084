import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { readDraft } from '#app/i18n/read-draft.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';
import { actOnTags, readTagScreen } from '#app/modules/tags/tag-screen.server.ts';
import { TagScreen } from '#app/modules/tags/ui/tag-screen.tsx';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readTagScreen(shopId);
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const answer = await actOnTags(shop, values, async () => (await readStaff(request, shop)).actor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function TagsRoute() {
  return <TagScreen view={useLoaderData<typeof loader>()} />;
}

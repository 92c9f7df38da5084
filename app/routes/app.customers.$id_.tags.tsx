import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { saveOrKeep } from '#app/components/save-or-keep.ts';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { actOnCustomerTags, readTagsCard } from '#app/modules/tags/tag-screen.server.ts';

/** The tags of a customer and those there are to give: for the card on the customer's screen. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const view = customerId === null ? null : await readTagsCard(shopId, customerId);
  if (!view) throw data(null, { status: 404 });
  return view;
}

/**
 * Adds a tag to the customer, or removes it: `{ intent: 'add'
 * 'remove', name }`.
 */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) throw data(null, { status: 404 });
  const { values } = await readDraft(request);
  const answer = await actOnCustomerTags(shop, customerId, values);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

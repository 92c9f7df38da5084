import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readDraft } from '#app/i18n/read-draft.ts';
import { previewNumbers } from '#app/modules/messaging/campaigns/read-numbers.server.ts';

/** What a pasted list of numbers is understood as; nothing is stored. */
export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  return previewNumbers(shop, typeof values.numbers === 'string' ? values.numbers : '');
}

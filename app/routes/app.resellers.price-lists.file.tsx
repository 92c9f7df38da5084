import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { i18nFor } from '#app/i18n/i18n.ts';
import { localeOfRequest } from '#app/i18n/locales.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { importList, type ListChanged } from '#app/modules/pricing/lists/change-list.server.ts';
import { exportList, readListFile } from '#app/modules/pricing/lists/list-files.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** A category's price list as an Excel file; the browser asks for it with `fetch` (see useDownload). */
export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const categoryId = readIdParam(readSearchParams(request).get('category'));
  if (categoryId === null) throw data(null, { status: 404 });
  return exportList(shop, categoryId, i18nFor(localeOfRequest(request)).t);
}

/** Takes in an Excel file, which is the request's body. */
export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const search = readSearchParams(request);
  const categoryId = readIdParam(search.get('category'));
  const locale = localeOfRequest(request);
  const file = await readListFile(request, locale);
  const answer: ListChanged =
    categoryId === null || file === null
      ? { ok: false, errors: { form: { code: 'not_a_file' } } }
      : await importList(shop, categoryId, file, locale);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

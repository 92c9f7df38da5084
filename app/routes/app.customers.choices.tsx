import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { CHOICE_SOURCES, listChoices } from '#app/modules/segments/choices.queries.server.ts';
import { QUERY_CHARACTERS_MAX } from '#app/modules/segments/customer-filter.ts';

/** Values to choose in a condition: `from` names their source, `q` is what was typed. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const params = readSearchParams(request);
  const from = CHOICE_SOURCES.find((source) => source === params.get('from'));
  if (from === undefined) return Response.json({ ok: false }, { status: 400 });
  const typed = (params.get('q') ?? '').trim().slice(0, QUERY_CHARACTERS_MAX);
  return Response.json({ ok: true, choices: await listChoices(shopId, from, typed) });
}

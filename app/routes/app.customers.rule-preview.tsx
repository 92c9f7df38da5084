import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { COUNT_WITHIN_MS, previewRule } from '#app/modules/segments/preview-rule.server.ts';
import { parseTree } from '#app/modules/segments/tree/tree.ts';

/** Whom a rule means while it is edited; with `exact`, counted however long it takes. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const search = readSearchParams(request);
  const rule = parseTree(search.get('rule') ?? '');
  if (rule === null) return Response.json({ ok: false }, { status: 400 });
  const withinMs = search.has('exact') ? null : COUNT_WITHIN_MS;
  return Response.json(await previewRule(shopId, rule, withinMs));
}

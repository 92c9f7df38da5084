import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { previewRule } from '#app/modules/segments/preview-rule.server.ts';
import { parseTree } from '#app/modules/segments/tree/tree.ts';

/** Whom a rule means while it is edited. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const rule = parseTree(readSearchParams(request).get('rule') ?? '');
  if (rule === null) return Response.json({ ok: false }, { status: 400 });
  return Response.json(await previewRule(shopId, rule));
}

import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { readIdParam } from '#app/lib/read-id.ts';
import { listNoteVersions } from '#app/modules/notes/notes.queries.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** A note's text before it was edited; loaded on demand. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const noteId = readIdParam(params.noteId);
  if (noteId === null) throw data(null, { status: 404 });
  return { versions: await listNoteVersions(shopId, noteId) };
}

import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { readIdParam } from '#app/lib/read-id.ts';
import { listNoteVersions } from '#app/modules/notes/notes.queries.server.ts';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

/** What a note said before it was edited; asked for when somebody wants to see it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const noteId = readIdParam(params.noteId);
  if (noteId === null) throw data(null, { status: 404 });
  return { versions: await listNoteVersions(shopId, noteId) };
}

import { redirect, type LoaderFunctionArgs } from '@remix-run/node';

/** Where the only program stood before there were several; bookmarks keep working. */
export function loader({ request }: LoaderFunctionArgs) {
  return redirect(`/app/programs${new URL(request.url).search}`);
}

import { data, redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { redirectTarget } from '#app/components/moved-addresses.ts';

/** Every address that no other route has: screens that moved lead on, the rest is not found. */
export function loader({ request }: LoaderFunctionArgs) {
  const target = redirectTarget(new URL(request.url));
  if (target === null) throw data(null, { status: 404 });
  return redirect(target);
}

import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { openLink } from '#app/modules/messaging/campaigns/open-link.server.ts';

/** Public: for the person with the link in their message. */
export async function loader({ params, request }: LoaderFunctionArgs) {
  const target = await openLink(params.code ?? '', {
    method: request.method,
    userAgent: request.headers.get('user-agent'),
  });
  if (target === null) throw new Response(null, { status: 404 });
  return redirect(target, { headers: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' } });
}

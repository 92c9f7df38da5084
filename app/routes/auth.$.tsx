import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { setDocumentHeaders } from '#app/document-headers.server.ts';
import { authenticate } from '#app/shopify.server.ts';

/** Shopify's own pages under /auth: the one that fetches a session token, the one that leaves the frame. */
export async function loader({ request }: LoaderFunctionArgs) {
  if (new URL(request.url).pathname === '/auth/login') throw redirect('/');
  try {
    await authenticate.admin(request);
  } catch (answer) {
    if (answer instanceof Response) setDocumentHeaders(request, answer.headers);
    throw answer;
  }
  return null;
}

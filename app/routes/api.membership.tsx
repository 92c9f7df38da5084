import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { joinClub } from '#app/modules/membership/join-club.server.ts';
import { authenticateShopper } from '#app/modules/shops/authenticate-shopper.server.ts';

/** The browser's question before a request from another origin; there is nothing to read here. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { cors } = await authenticateShopper(request);
  return cors(new Response(null, { status: 405, headers: { Allow: 'POST' } }));
}

/** Makes the signed-in customer a member. */
export async function action({ request }: ActionFunctionArgs) {
  const { shopId, customerId, cors } = await authenticateShopper(request);
  const answer = await joinClub(shopId, customerId, 'shopper');
  return cors(Response.json(answer, { status: answer.ok ? 200 : 409 }));
}

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { isUuid } from '#app/lib/read-id.ts';
import { releaseRedemption } from '#app/modules/loyalty/redeem.server.ts';
import { authenticateShopper } from '#app/modules/shops/authenticate-shopper.server.ts';

/** The browser's question before a request from another origin; there is nothing to read here. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { cors } = await authenticateShopper(request);
  return cors(new Response(null, { status: 405, headers: { Allow: 'POST' } }));
}

/** Gives reserved value back, unless an order has used its code. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { shopId, customerId, cors } = await authenticateShopper(request);
  if (!isUuid(params.id)) return cors(new Response(null, { status: 404 }));
  const answer = await releaseRedemption({ shopId, customerId, redemptionId: params.id });
  if (!answer.ok && answer.reason === 'not_found') return cors(new Response(null, { status: 404 }));
  return cors(Response.json(answer, { status: answer.ok ? 200 : 409 }));
}

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { claimGift } from '#app/modules/loyalty/claim-gift.server.ts';
import { readClaimBody } from '#app/modules/loyalty/club-request.ts';
import { toClaimAnswer } from '#app/modules/loyalty/reserve-answer.server.ts';
import { authenticateShopper } from '#app/modules/shops/authenticate-shopper.server.ts';

/** The browser's question before a request from another origin; there is nothing to read here. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { cors } = await authenticateShopper(request);
  return cors(new Response(null, { status: 405, headers: { Allow: 'POST' } }));
}

/** Asks for a gift: its points are spent, the shop is to hand it out. */
export async function action({ request }: ActionFunctionArgs) {
  const { shopId, customerId, cors } = await authenticateShopper(request);
  const read = await readClaimBody(request);
  if (!read.ok)
    return cors(Response.json({ ok: false, reason: 'bad_request', field: read.field }, { status: 400 }));
  const answer = toClaimAnswer(await claimGift({ shopId, customerId, ...read.body }));
  return cors(Response.json(answer, { status: answer.ok ? 200 : 409 }));
}

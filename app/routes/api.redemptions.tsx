import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { readReserveBody } from '#app/modules/loyalty/club-request.ts';
import { redeemReward } from '#app/modules/loyalty/redeem-reward.server.ts';
import { reserveRedemption } from '#app/modules/loyalty/redeem.server.ts';
import { toReserveAnswer, toRewardAnswer } from '#app/modules/loyalty/reserve-answer.server.ts';
import { authenticateShopper } from '#app/modules/shops/authenticate-shopper.server.ts';

/** The browser's question before a request from another origin; there is nothing to read here. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { cors } = await authenticateShopper(request);
  return cors(new Response(null, { status: 405, headers: { Allow: 'POST' } }));
}

/** Reserves points or credit, for a payment or a reward, and answers the discount code for it. */
export async function action({ request }: ActionFunctionArgs) {
  const { shopId, customerId, cors } = await authenticateShopper(request);
  const read = await readReserveBody(request);
  if (!read.ok)
    return cors(Response.json({ ok: false, reason: 'bad_request', field: read.field }, { status: 400 }));
  const { body } = read;
  const answer =
    body.kind === 'reward'
      ? toRewardAnswer(await redeemReward({ shopId, customerId, ...body }))
      : toReserveAnswer(await reserveRedemption({ shopId, customerId, ...body }));
  return cors(Response.json(answer, { status: answer.ok ? 200 : 409 }));
}

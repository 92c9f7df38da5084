/** The endpoints of the club API. The shapes are those of extensions/shared/club-api.ts. */
import { isUuid } from '#app/lib/read-id.ts';
import { joinClub } from '#app/modules/membership/join-club.server.ts';
import { claimReward } from '#app/modules/redemptions/claims/claim-reward.server.ts';
import { payWithPoints } from '#app/modules/redemptions/pay-with-points.server.ts';
import { releaseRedemption } from '#app/modules/redemptions/release-redemption.server.ts';
import { redeemReward } from '#app/modules/redemptions/rewards/redeem-reward.server.ts';
import {
  toBadRequest,
  toClaimAnswer,
  toReply,
  toReserveAnswer,
  toRewardAnswer,
  type Reply,
} from './answers.ts';
import { readClub } from './read-club.server.ts';
import { readCart, readClaimBody, readNoBody, readReserveBody, readUnapplied } from './read-request.ts';
import {
  inTurn,
  NOT_FOUND,
  NOT_INSTALLED,
  type Endpoint,
  type ShopperRequest,
} from './shopper-turn.server.ts';

export const ENDPOINTS: readonly Endpoint[] = [
  { name: 'club', method: 'GET', path: /^\/api\/club$/, run: showClub },
  { name: 'reserve', method: 'POST', path: /^\/api\/redemptions$/, run: reserve },
  { name: 'release', method: 'POST', path: /^\/api\/redemptions\/([^/]+)\/release$/, run: release },
  { name: 'claim', method: 'POST', path: /^\/api\/claims$/, run: claim },
  { name: 'join', method: 'POST', path: /^\/api\/membership$/, run: join },
];

/** What the customer has and what this cart can take of it. */
async function showClub({ shopper, search }: ShopperRequest): Promise<Reply> {
  const club = await readClub({ ...shopper, cart: readCart(search) });
  return club ? { status: 200, body: club } : NOT_INSTALLED;
}

/** Reserves points or credit for a payment or a reward and returns the discount code. */
async function reserve({ shopper, req }: ShopperRequest): Promise<Reply> {
  return inTurn(
    shopper,
    async (customer) => {
      const read = await readReserveBody(req);
      if (!read.ok) return toBadRequest(read);
      const { body } = read;
      const answer =
        body.kind === 'reward'
          ? toRewardAnswer(await redeemReward({ ...customer, ...body }))
          : toReserveAnswer(await payWithPoints({ ...customer, ...body }));
      return toReply(answer);
    },
    true,
  );
}

/** Releases a redemption, unless an order has used its code. */
async function release({ shopper, id, search, req }: ShopperRequest): Promise<Reply> {
  return inTurn(shopper, async (customer) => {
    if (!isUuid(id)) return NOT_FOUND;
    const read = await readNoBody(req);
    if (!read.ok) return toBadRequest(read);
    const answer = await releaseRedemption({
      ...customer,
      redemptionId: id,
      unapplied: readUnapplied(search),
    });
    return !answer.ok && answer.reason === 'not_found' ? NOT_FOUND : toReply(answer);
  });
}

/** Claims a gift: its points are spent, the shop delivers it. */
async function claim({ shopper, req }: ShopperRequest): Promise<Reply> {
  return inTurn(shopper, async (customer) => {
    const read = await readClaimBody(req);
    return read.ok
      ? toReply(toClaimAnswer(await claimReward({ ...customer, ...read.body })))
      : toBadRequest(read);
  });
}

/** Makes the customer a member. */
async function join({ shopper, req }: ShopperRequest): Promise<Reply> {
  return inTurn(shopper, async ({ shopId, customerId }) => {
    const read = await readNoBody(req);
    return read.ok ? toReply(await joinClub(shopId, customerId, 'shopper')) : toBadRequest(read);
  });
}

/** The endpoints of the club API. The shapes are those of extensions/shared/club-api.ts. */
import type { IncomingMessage } from 'node:http';
import type { CustomerToken } from '#app/integrations/shopify/customer-token.server.ts';
import { isUuid } from '#app/lib/read-id.ts';
import { joinClub } from '#app/modules/membership/join-club.server.ts';
import { claimReward } from '#app/modules/redemptions/claims/claim-reward.server.ts';
import { payWithPoints } from '#app/modules/redemptions/pay-with-points.server.ts';
import { releaseRedemption } from '#app/modules/redemptions/release-redemption.server.ts';
import { redeemReward } from '#app/modules/redemptions/rewards/redeem-reward.server.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import {
  toBadRequest,
  toClaimAnswer,
  toReply,
  toReserveAnswer,
  toRewardAnswer,
  toTooMany,
  type Reply,
} from './answers.ts';
import { takeTurn } from './rate-limit.server.ts';
import { readClub } from './read-club.server.ts';
import { readCart, readClaimBody, readNoBody, readReserveBody } from './read-request.ts';
import { currentRules } from './shop-rules.server.ts';

/** A request of a signed-in customer. */
export interface ShopperRequest {
  shopper: CustomerToken;
  /** What the path's placeholder holds; empty for none. */
  id: string;
  /** The part of the address after the question mark. */
  search: string;
  req: IncomingMessage;
}

export interface Endpoint {
  name: string;
  method: 'GET' | 'POST';
  path: RegExp;
  run: (request: ShopperRequest) => Promise<Reply>;
}

/** A customer of a shop in which the app is installed. */
interface Shopper {
  shopId: bigint;
  customerId: bigint;
  club: Club;
}

const NOT_INSTALLED: Reply = { status: 403 };
const NOT_FOUND: Reply = { status: 404 };

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
async function release({ shopper, id, req }: ShopperRequest): Promise<Reply> {
  return inTurn(shopper, async (customer) => {
    if (!isUuid(id)) return NOT_FOUND;
    const read = await readNoBody(req);
    if (!read.ok) return toBadRequest(read);
    const answer = await releaseRedemption({ ...customer, redemptionId: id });
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

/** Runs what changes something for a customer of a shop, when it is their turn. */
async function inTurn(
  { shopDomain, customerId }: CustomerToken,
  run: (customer: Shopper) => Promise<Reply>,
  isAtShopify = false,
): Promise<Reply> {
  const rules = await currentRules(shopDomain);
  if (!rules?.isInstalled) return NOT_INSTALLED;
  const { shopId, club } = rules;
  const wait = takeTurn({ shopId, shopDomain, customerId, isAtShopify });
  return wait === null ? run({ shopId, customerId, club }) : toTooMany(wait);
}

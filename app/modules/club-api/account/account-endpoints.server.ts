/** What extensions of the customer account ask, and the blocks on order pages before and after a sign-in. */
import type { IncomingMessage } from 'node:http';
import type { LeaveAnswer } from '../../../../extensions/shared/account-api.ts';
import type { BuyerToken } from '#app/integrations/shopify/buyer-token.server.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { claimGuestOrder } from '#app/modules/earning/award/claim-guest-order.server.ts';
import { leaveClub } from '#app/modules/membership/leave-club.server.ts';
import { redeemReward } from '#app/modules/redemptions/rewards/redeem-reward.server.ts';
import { toBadRequest, toReply, toRewardAnswer, toTooMany, type Reply } from '../answers.ts';
import { takeReadTurn } from '../rate-limit.server.ts';
import { readClaimBody, readNoBody } from '../read-request.ts';
import type { DoorEndpoint } from '../serve-door.server.ts';
import { currentRules } from '../shop-rules.server.ts';
import {
  inReadTurn,
  inTurn,
  NOT_FOUND,
  NOT_INSTALLED,
  type Endpoint,
  type ShopperRequest,
} from '../shopper-turn.server.ts';
import { readHistorySearch, readOrderPointsBody, readProfileBody } from './account-requests.ts';
import { readAccount, readHistory } from './read-account.server.ts';
import { readOrderPoints } from './read-order-points.server.ts';
import { saveProfile } from './save-profile.server.ts';

/** A request of a buyer, who may not have signed in. */
export interface BuyerRequest {
  buyer: BuyerToken;
  id: string;
  search: string;
  req: IncomingMessage;
}

/** An address for buyers too, who have not signed in: it shows nothing stored of anyone. */
export interface BuyerEndpoint extends DoorEndpoint {
  run: (request: BuyerRequest) => Promise<Reply>;
}

export const ACCOUNT_ENDPOINTS: readonly Endpoint[] = [
  { name: 'account', method: 'GET', path: /^\/api\/account$/, run: showAccount },
  { name: 'history', method: 'GET', path: /^\/api\/account\/history$/, run: showHistory },
  { name: 'profile', method: 'POST', path: /^\/api\/account\/profile$/, run: changeProfile },
  { name: 'code', method: 'POST', path: /^\/api\/account\/codes$/, run: takeCode },
  { name: 'leave', method: 'POST', path: /^\/api\/membership\/leave$/, run: leave },
  { name: 'claim_order', method: 'POST', path: /^\/api\/orders\/(\d{1,19})\/claim$/, run: claimOrder },
];

export const BUYER_ENDPOINTS: readonly BuyerEndpoint[] = [
  { name: 'order_points', method: 'POST', path: /^\/api\/orders\/(\d{1,19})\/points$/, run: showOrderPoints },
];

/** Where the balance comes from, what happened to it, and the customer's own data. */
async function showAccount({ shopper }: ShopperRequest): Promise<Reply> {
  return inReadTurn(shopper, async ({ customerId, club }) => ({
    status: 200,
    body: await readAccount(club, customerId),
  }));
}

/** A page of what happened. */
async function showHistory({ shopper, search }: ShopperRequest): Promise<Reply> {
  return inReadTurn(shopper, async ({ customerId, club }) => ({
    status: 200,
    body: await readHistory(club, customerId, readHistorySearch(search)),
  }));
}

/** Saves the customer's own dates and consents. */
async function changeProfile({ shopper, req }: ShopperRequest): Promise<Reply> {
  return inTurn(
    shopper,
    async ({ customerId, club }) => {
      const read = await readProfileBody(req);
      return read.ok ? toReply(await saveProfile(club, customerId, read.body)) : toBadRequest(read);
    },
    true,
  );
}

/** Turns a reward into a code for a later cart: the code itself asks for the reward's minimum. */
async function takeCode({ shopper, req }: ShopperRequest): Promise<Reply> {
  return inTurn(
    shopper,
    async (customer) => {
      const read = await readClaimBody(req);
      if (!read.ok) return toBadRequest(read);
      return toReply(toRewardAnswer(await redeemReward({ ...customer, ...read.body, cart: null })));
    },
    true,
  );
}

/** Ends the membership; points stay. */
async function leave({ shopper, req }: ShopperRequest): Promise<Reply> {
  return inTurn(shopper, async ({ shopId, customerId }) => {
    const read = await readNoBody(req);
    if (!read.ok) return toBadRequest(read);
    const isKnown = await leaveClub(shopId, customerId);
    const answer: LeaveAnswer = isKnown ? { ok: true } : { ok: false, reason: 'unknown_customer' };
    return toReply(answer);
  });
}

/** A guest's order becomes that of the customer who signed in with its address. */
async function claimOrder({ shopper, id, req }: ShopperRequest): Promise<Reply> {
  return inTurn(shopper, async ({ shopId, customerId }) => {
    const orderId = readIdParam(id);
    if (orderId === null) return NOT_FOUND;
    const read = await readNoBody(req);
    return read.ok ? toReply(await claimGuestOrder(shopId, customerId, orderId)) : toBadRequest(read);
  });
}

/** What an order earned, or will. */
async function showOrderPoints({ buyer, id, req }: BuyerRequest): Promise<Reply> {
  const { shopDomain, customerId } = buyer;
  const rules = await currentRules(shopDomain);
  const currency = rules?.club.currency ?? null;
  if (!rules?.isInstalled || currency === null) return NOT_INSTALLED;
  const wait = takeReadTurn(shopDomain, customerId);
  if (wait !== null) return toTooMany(wait);
  const orderId = readIdParam(id);
  if (orderId === null) return NOT_FOUND;
  const read = await readOrderPointsBody(req);
  if (!read.ok) return toBadRequest(read);
  const club = { ...rules.club, currency };
  return { status: 200, body: await readOrderPoints({ club, customerId, orderId, ...read.body }) };
}

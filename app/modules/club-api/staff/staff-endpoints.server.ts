/** The endpoints of the staff's door. The shapes are those of extensions/shared/staff-api.ts. */
import { isUuid, readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { joinClub } from '#app/modules/membership/join-club.server.ts';
import { sendTillCode } from '#app/modules/messaging/codes/send-till-code.server.ts';
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
  toTooMany,
  type Reply,
} from '../answers.ts';
import { takeStaffTurn } from '../rate-limit.server.ts';
import { readCart, readNoBody, type Read } from '../read-request.ts';
import type { DoorEndpoint, DoorRequest } from '../serve-door.server.ts';
import { adjustCustomer, readAdjustForm } from './adjust-customer.server.ts';
import { changeMany, readBulkForm } from './change-many.server.ts';
import { findPeople } from './find-people.server.ts';
import { readStaffCustomer } from './read-staff-customer.server.ts';
import { applyToOrder, readStaffOrder } from './read-staff-order.server.ts';
import { readStaffPrices } from './read-staff-prices.server.ts';
import { spendConfirmed } from './spend-at-till.server.ts';
import {
  readAdjustBody,
  readBulkBody,
  readCodeBody,
  readCustomerBody,
  readStaffClaim,
  readStaffReserve,
  readWelcomeBody,
} from './staff-requests.ts';
import { findStaffShop, readCaller, type StaffCaller, type StaffShop } from './staff-shop.server.ts';
import { welcomeCustomer } from './welcome-customer.server.ts';

/** A request of a staff user. */
export type StaffRequest = Omit<DoorRequest<never>, 'endpoint'> & { staff: StaffCaller };

export interface StaffEndpoint extends DoorEndpoint {
  run: (request: StaffRequest) => Promise<Reply>;
}

const NOT_INSTALLED: Reply = { status: 403 };
const NOT_FOUND: Reply = { status: 404 };

const read = (name: string, path: RegExp, run: Reads): StaffEndpoint => ({
  name,
  method: 'GET',
  path,
  run: (request) => inShop(request, (shop) => run(request, shop)),
});

const change = (name: string, path: RegExp, run: Changes, isAtShopify = false): StaffEndpoint => ({
  name,
  method: 'POST',
  path,
  run: (request) => inTurn(request, (shop) => run(request, shop), isAtShopify),
});

type Reads = (request: StaffRequest, shop: StaffShop) => Promise<Reply>;
type Changes = (request: StaffRequest, shop: StaffShop) => Promise<Reply>;

export const STAFF_ENDPOINTS: readonly StaffEndpoint[] = [
  read('customer', /^\/api\/staff\/customers\/(\d{1,19})$/, showCustomer),
  read('people', /^\/api\/staff\/people$/, showPeople),
  change('welcome', /^\/api\/staff\/customers$/, welcome, true),
  change('join', /^\/api\/staff\/membership$/, join),
  change('code', /^\/api\/staff\/consent-codes$/, sendCode),
  change('reserve', /^\/api\/staff\/redemptions$/, reserve, true),
  change('release', /^\/api\/staff\/redemptions\/([^/]+)\/release$/, release),
  change('claim', /^\/api\/staff\/claims$/, claim),
  read('prices', /^\/api\/staff\/prices$/, showPrices),
  read('adjust_form', /^\/api\/staff\/adjust-form\/(\d{1,19})$/, showAdjustForm),
  change('adjust', /^\/api\/staff\/adjustments$/, adjust),
  read('order', /^\/api\/staff\/orders\/(\d{1,19})$/, showOrder),
  change('apply', /^\/api\/staff\/orders\/(\d{1,19})\/apply$/, apply, true),
  read('bulk_form', /^\/api\/staff\/bulk-form$/, showBulkForm),
  change('bulk', /^\/api\/staff\/bulk$/, changeChosen),
];

async function inShop({ staff }: StaffRequest, run: (shop: StaffShop) => Promise<Reply>): Promise<Reply> {
  const shop = await findStaffShop(staff);
  return shop ? run(shop) : NOT_INSTALLED;
}

/** Runs what changes something when it is this member of staff's turn. */
async function inTurn(
  request: StaffRequest,
  run: (shop: StaffShop) => Promise<Reply>,
  isAtShopify: boolean,
): Promise<Reply> {
  return inShop(request, async (shop) => {
    const { shopId, domain: shopDomain } = shop;
    const wait = takeStaffTurn({ shopId, shopDomain, userId: request.staff.userId, isAtShopify });
    return wait === null ? run(shop) : toTooMany(wait);
  });
}

async function withBody<T>(reading: Promise<Read<T>>, run: (body: T) => Promise<Reply>): Promise<Reply> {
  const body = await reading;
  return body.ok ? run(body.body) : toBadRequest(body);
}

const found = (body: object | null): Reply => (body ? { status: 200, body } : NOT_FOUND);

async function ofId(id: string, run: (id: bigint) => Promise<Reply>): Promise<Reply> {
  const known = readIdParam(id);
  return known === null ? NOT_FOUND : run(known);
}

/** What the customer has, and what the till's cart can take of it. */
function showCustomer({ id, search }: StaffRequest, shop: StaffShop): Promise<Reply> {
  return ofId(id, async (customerId) => found(await readStaffCustomer(shop, customerId, readCart(search))));
}

async function showPeople({ search }: StaffRequest, shop: StaffShop): Promise<Reply> {
  const phone = readSearchParams(search).get('phone') ?? '';
  return { status: 200, body: await findPeople(shop, phone) };
}

/** Finds or creates the customer of a phone and makes them a member. */
function welcome({ req, staff }: StaffRequest, shop: StaffShop): Promise<Reply> {
  return withBody(readWelcomeBody(req), async (body) => {
    const { actor } = await readCaller(staff, shop);
    return toReply(await welcomeCustomer(shop, body, actor));
  });
}

function join({ req }: StaffRequest, { shopId }: StaffShop): Promise<Reply> {
  return withBody(readCustomerBody(req), async ({ customerId }) => {
    const joined = await joinClub(shopId, customerId, 'staff');
    return toReply(joined.ok ? joined : { ok: false, reason: 'too_new' });
  });
}

/** Sends the code with which the customer confirms that points are spent. */
function sendCode({ req, staff }: StaffRequest, shop: StaffShop): Promise<Reply> {
  return withBody(readCodeBody(req), async (body) => {
    const { actor } = await readCaller(staff, shop);
    const { shopId, club } = shop;
    const sent = await sendTillCode({ ...body, shopId, title: club.title, locale: club.locale, actor });
    // Too many codes to a customer is for the till to say; a 429 is about this member of staff.
    return { status: sent.ok ? 200 : 409, body: sent };
  });
}

/** Reserves points, credit or a reward for a customer and returns the discount code. */
function reserve({ req, staff }: StaffRequest, shop: StaffShop): Promise<Reply> {
  return withBody(readStaffReserve(req), async ({ consentCode, ...body }) => {
    const { shopId, club } = shop;
    const { actor } = await readCaller(staff, shop);
    const input = { ...body, shopId, club, actor };
    const answer = await spendConfirmed({ ...input, consentCode }, async () =>
      input.kind === 'reward'
        ? toRewardAnswer(await redeemReward(input))
        : toReserveAnswer(await payWithPoints(input)),
    );
    return toReply(answer);
  });
}

function release({ id, req }: StaffRequest, { shopId }: StaffShop): Promise<Reply> {
  return withBody(readCustomerBody(req), async ({ customerId }) => {
    if (!isUuid(id)) return NOT_FOUND;
    const answer = await releaseRedemption({ shopId, customerId, redemptionId: id });
    return !answer.ok && answer.reason === 'not_found' ? NOT_FOUND : toReply(answer);
  });
}

/** Claims a gift that the shop hands out. */
function claim({ req, staff }: StaffRequest, shop: StaffShop): Promise<Reply> {
  return withBody(readStaffClaim(req), async ({ consentCode, ...body }) => {
    const { shopId, club } = shop;
    const { actor } = await readCaller(staff, shop);
    const input = { ...body, shopId, club, actor };
    return toReply(
      await spendConfirmed({ ...input, consentCode }, async () => toClaimAnswer(await claimReward(input))),
    );
  });
}

async function showPrices({ search }: StaffRequest, shop: StaffShop): Promise<Reply> {
  return { status: 200, body: await readStaffPrices(shop, readSearchParams(search)) };
}

function showAdjustForm({ id, staff }: StaffRequest, shop: StaffShop): Promise<Reply> {
  return ofId(id, async (customerId) =>
    found(await readAdjustForm(shop, customerId, await readCaller(staff, shop))),
  );
}

function adjust({ req, staff }: StaffRequest, shop: StaffShop): Promise<Reply> {
  return withBody(readAdjustBody(req), async (body) =>
    toReply(await adjustCustomer(shop, await readCaller(staff, shop), body)),
  );
}

function showOrder({ id }: StaffRequest, { shopId }: StaffShop): Promise<Reply> {
  return ofId(id, async (orderId) => found(await readStaffOrder(shopId, orderId)));
}

function apply({ id, req }: StaffRequest, shop: StaffShop): Promise<Reply> {
  return ofId(id, async (orderId) => {
    const body = await readNoBody(req);
    return body.ok ? toReply(await applyToOrder(shop, orderId)) : toBadRequest(body);
  });
}

async function showBulkForm(_request: StaffRequest, shop: StaffShop): Promise<Reply> {
  return { status: 200, body: await readBulkForm(shop) };
}

function changeChosen({ req, staff }: StaffRequest, shop: StaffShop): Promise<Reply> {
  return withBody(readBulkBody(req), async (body) => {
    const { actor } = await readCaller(staff, shop);
    return toReply(await changeMany(shop, body, actor));
  });
}

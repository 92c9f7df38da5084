import { readBuyerToken } from '#app/integrations/shopify/buyer-token.server.ts';
import { readCustomerToken } from '#app/integrations/shopify/customer-token.server.ts';
import {
  ACCOUNT_ENDPOINTS,
  BUYER_ENDPOINTS,
  type BuyerEndpoint,
} from './account/account-endpoints.server.ts';
import { ENDPOINTS } from './endpoints.server.ts';
import { RESELLER_ENDPOINTS } from './reseller/reseller-endpoints.server.ts';
import { openDoor } from './serve-door.server.ts';
import type { Endpoint } from './shopper-turn.server.ts';

/** Every address of the club API begins with it. */
export const CLUB_API_PREFIX = '/api/';

/**
 * Extensions run at an origin of Shopify's, and a shop's pages at the shop's: a customer's own token opens the door, so
 * any origin may ask. Also on refusals, which the extension could not tell from a lost connection otherwise.
 */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'Authorization, Content-Type',
  'access-control-expose-headers': 'Retry-After',
};
const PREFLIGHT_MAX_AGE_SECONDS = '7200';

/** Whose token opens an address: a signed-in customer's, or that of an order's buyer who may not have signed in. */
type TokenEndpoint = ({ for: 'customers' } & Endpoint) | ({ for: 'buyers' } & BuyerEndpoint);

const TOKEN_ENDPOINTS: readonly TokenEndpoint[] = [
  ...[...ENDPOINTS, ...ACCOUNT_ENDPOINTS, ...RESELLER_ENDPOINTS].map((each) => ({
    ...each,
    for: 'customers' as const,
  })),
  ...BUYER_ENDPOINTS.map((each) => ({ ...each, for: 'buyers' as const })),
];

/**
 * Everything that a shopper's browser asks, with a customer's session token: 401 without a valid one, 403 if the shop
 * does not have the app, 404 and 405 for what there is not, 429 out of turn, 503 while the database is away. Runs before Express and
 * Remix, whose request path costs more than the work itself. Never throws.
 */
export const clubDoor = openDoor({
  prefix: '',
  endpoints: TOKEN_ENDPOINTS,
  headers: CORS,
  emptyHeaders: { 'access-control-max-age': PREFLIGHT_MAX_AGE_SECONDS },
  serve: async ({ endpoint, req, ...request }) => {
    if (req.method === 'OPTIONS') return { status: 204 };
    const { authorization } = req.headers;
    const isMethod = req.method === endpoint.method;
    if (endpoint.for === 'buyers') {
      const buyer = await readBuyerToken(authorization);
      if (!buyer) return { status: 401 };
      return isMethod ? endpoint.run({ ...request, buyer, req }) : { status: 405 };
    }
    const shopper = await readCustomerToken(authorization);
    if (!shopper) return { status: 401 };
    return isMethod ? endpoint.run({ ...request, shopper, req }) : { status: 405 };
  },
});

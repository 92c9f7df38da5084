/** The door of staff: what the extensions of the till (POS) and of Shopify's admin ask, with a staff user's token. */
import { readStaffToken } from '#app/integrations/shopify/staff-token.server.ts';
import { openDoor } from '../serve-door.server.ts';
import { STAFF_ENDPOINTS } from './staff-endpoints.server.ts';

/** Every address of the staff's door begins with it. */
export const STAFF_API_PREFIX = '/api/staff/';

/** A till runs at cdn.shopify.com, the admin's extensions at extensions.shopifycdn.com; a staff user's token opens the door. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'Authorization, Content-Type',
  'access-control-expose-headers': 'Retry-After',
};
const PREFLIGHT_MAX_AGE_SECONDS = '7200';

/**
 * What staff ask from the till and the admin: 401 without a valid token of a staff user, whatever else Shopify signed for
 * this app; 403 if the shop does not have the app, 404 and 405 for what there is not, 429 out of turn, 503 while the
 * database is away. Shopify gives the token only to users who may use the app. Never throws.
 */
export const staffDoor = openDoor({
  prefix: 'staff_',
  endpoints: STAFF_ENDPOINTS,
  headers: CORS,
  emptyHeaders: { 'access-control-max-age': PREFLIGHT_MAX_AGE_SECONDS },
  serve: async ({ endpoint, req, ...request }) => {
    if (req.method === 'OPTIONS') return { status: 204 };
    const { authorization = '' } = req.headers;
    const staff = await readStaffToken(authorization);
    if (!staff) return { status: 401 };
    if (req.method !== endpoint.method) return { status: 405 };
    return endpoint.run({ ...request, req, staff: { ...staff, authorization } });
  },
});

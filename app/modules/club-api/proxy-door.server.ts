/** The door of a shop's own pages: requests that Shopify forwards and signs (the app proxy). */
import type { IncomingMessage } from 'node:http';
import { proxyReader } from '#app/integrations/shopify/app-proxy.server.ts';
import { env } from '#app/env.server.ts';
import { toTooMany, type Reply } from './answers.ts';
import { PROXY_ENDPOINTS } from './proxy-endpoints.server.ts';
import { takeReadTurn } from './rate-limit.server.ts';
import { openDoor } from './serve-door.server.ts';

/** Every address of the proxy begins with it; the url of [app_proxy] in shopify.app.toml, and a slash. */
export const PROXY_PREFIX = '/proxy/';

const readCaller = proxyReader(env.SHOPIFY_API_SECRET);

const NOT_SIGNED: Reply = { status: 401 };
const SIGNED_OUT: Reply = { status: 403, body: { ok: false, reason: 'signed_out' } };
const NOT_JSON: Reply = { status: 415, body: { ok: false, reason: 'bad_request', field: 'content-type' } };

/**
 * What a shop's page asks: 401 unless Shopify signed it just now, 403 for a guest who asks for a customer's own and for a
 * shop that does not have the app, 404 and 405 for what there is not, 415 for a form that another site could send, 429 out
 * of turn, 503 while the database is away. The customer is the one that Shopify names. Never throws.
 */
export const proxyDoor = openDoor({
  prefix: 'proxy_',
  endpoints: PROXY_ENDPOINTS,
  headers: {},
  serve: async ({ endpoint, id, search, req }) => {
    const caller = readCaller(search);
    if (!caller) return NOT_SIGNED;
    if (req.method !== endpoint.method) return { status: 405 };
    const takesForms = endpoint.for === 'anyone' && endpoint.takesForms === true;
    if (endpoint.method === 'POST' && !takesForms && !isJson(req)) return NOT_JSON;
    const { shopDomain, customerId } = caller;
    if (endpoint.for === 'customers' && customerId === null) return SIGNED_OUT;
    // What changes something has its own, narrower limits (endpoints.server.ts).
    const wait = endpoint.method === 'GET' ? takeReadTurn(shopDomain, customerId) : null;
    if (wait !== null) return toTooMany(wait);
    if (endpoint.for === 'anyone') return endpoint.run({ caller, id, search, req });
    return customerId === null
      ? SIGNED_OUT
      : endpoint.run({ shopper: { shopDomain, customerId }, id, search, req });
  },
});

/** A page of another site can post a form in a customer's name, but no JSON. */
function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
}

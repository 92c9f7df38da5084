/** What the pages of a shop may ask through the app proxy: the same use cases as of the token door, and what guests see. */
import { invariant } from '#app/lib/errors.ts';
import { currencyDigits } from '#app/lib/money.ts';
import { turnOnStanding } from '#app/modules/earning/standing/turn-on.server.ts';
import { previewCart } from '#app/modules/earning/preview/preview-cart.server.ts';
import { readOwnPrices } from '#app/modules/pricing/shopper/read-own-prices.server.ts';
import type { ExpectedView, PricesView } from '../../../extensions/shared/club-api.ts';
import { toBadRequest, type Reply } from './answers.ts';
import { showApplyBlock, showApplyPage, takeApplyBlock, takeApplyPage } from './apply-endpoints.server.ts';
import { ENDPOINTS } from './endpoints.server.ts';
import { readCartLines, readProductId } from './read-request.ts';
import { isHiddenDraft } from './hidden-draft.server.ts';
import type { ProxyRequest } from './proxy-request.ts';
import type { DoorEndpoint } from './serve-door.server.ts';
import { currentRules, knownRules } from './shop-rules.server.ts';
import type { ShopperRequest } from './shopper-turn.server.ts';

/** An address of the proxy: for signed-in customers only, or for anyone who reads the shop's pages. */
export type ProxyEndpoint = DoorEndpoint &
  (
    | { for: 'customers'; run: (request: ShopperRequest) => Promise<Reply> }
    | {
        for: 'anyone';
        /** It takes a form, which proves by itself that our page sent it. */
        takesForms?: true;
        run: (request: ProxyRequest) => Promise<Reply>;
      }
  );

/** Add an address here, and a line of it in test/routes/club-api/proxy-door.test.ts. */
export const PROXY_ENDPOINTS: readonly ProxyEndpoint[] = [
  turningOn(asOfTokens('club', /^\/proxy\/club$/)),
  asOfTokens('reserve', /^\/proxy\/redemptions$/),
  asOfTokens('release', /^\/proxy\/redemptions\/([^/]+)\/release$/),
  asOfTokens('claim', /^\/proxy\/claims$/),
  asOfTokens('join', /^\/proxy\/membership$/),
  { name: 'prices', method: 'GET', path: /^\/proxy\/prices$/, for: 'customers', run: showPrices },
  { name: 'earning', method: 'GET', path: /^\/proxy\/earning$/, for: 'anyone', run: showExpected },
  { name: 'apply', method: 'GET', path: /^\/proxy\/apply$/, for: 'anyone', run: showApplyPage },
  {
    name: 'apply_send',
    method: 'POST',
    path: /^\/proxy\/apply$/,
    for: 'anyone',
    takesForms: true,
    run: takeApplyPage,
  },
  { name: 'apply_block', method: 'GET', path: /^\/proxy\/apply\/form$/, for: 'anyone', run: showApplyBlock },
  {
    name: 'apply_block_send',
    method: 'POST',
    path: /^\/proxy\/apply\/form$/,
    for: 'anyone',
    takesForms: true,
    run: takeApplyBlock,
  },
];

/** A shop whose page asks has a block of ours: from now on the worker keeps what blocks show without asking. */
function turningOn(endpoint: ProxyEndpoint): ProxyEndpoint {
  if (endpoint.for !== 'customers') return endpoint;
  const { run } = endpoint;
  return {
    ...endpoint,
    run: async (request: ShopperRequest) => {
      const reply = await run(request);
      const rules = reply.status === 200 ? knownRules(request.shopper.shopDomain) : undefined;
      if (rules) await turnOnStanding(rules.shopId);
      return reply;
    },
  };
}

/** An endpoint of the token door under the proxy's address. */
function asOfTokens(name: string, path: RegExp): ProxyEndpoint {
  const endpoint = ENDPOINTS.find((each) => each.name === name);
  invariant(endpoint, `the token door has ${name}`);
  return { name, path, method: endpoint.method, for: 'customers', run: endpoint.run };
}

/** What a cart would earn, for its customer or for a guest who would sign in. */
async function showExpected({ caller, search }: ProxyRequest): Promise<Reply> {
  const rules = await currentRules(caller.shopDomain);
  if (!rules?.isInstalled || (await isHiddenDraft(rules, caller.customerId))) return { status: 403 };
  const cart = readCartLines(search);
  if (!cart) return toBadRequest({ status: 400, field: 'lines' });
  const { shopId } = rules;
  const expected = await previewCart({ shopId, customerId: caller.customerId, ...cart });
  const body: ExpectedView = {
    isKnown: expected !== null,
    points: String(expected?.points ?? 0n),
    credit: String(expected?.credit ?? 0n),
  };
  return { status: 200, body };
}

/** What the customer pays for a product where that is less than the shop's price. */
async function showPrices({ shopper, search }: ShopperRequest): Promise<Reply> {
  const rules = await currentRules(shopper.shopDomain);
  if (!rules?.isInstalled || rules.club.currency === null) return { status: 403 };
  const productId = readProductId(search);
  if (productId === null) return toBadRequest({ status: 400, field: 'product' });
  const { domain, currency, timeZone } = rules.club;
  const shop = { shopId: rules.shopId, domain, currency, timeZone };
  const own = await readOwnPrices({ shop, customerId: shopper.customerId, productId });
  const body: PricesView = {
    currency,
    currencyDigits: currencyDigits(currency),
    variants: own.map(({ variantId, prices }) => ({
      id: variantId.toString(),
      prices: prices.map(({ quantity, unitMinor }) => ({ quantity, unitMinor: unitMinor.toString() })),
    })),
  };
  return { status: 200, body };
}

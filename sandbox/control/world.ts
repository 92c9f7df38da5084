import { z } from 'zod';

import { armFault, FAULT_KINDS } from '../faults.ts';
import type { Sandbox } from '../sandbox.ts';
import { BadRequest, type Router } from '../router.ts';
import { customerOf, customerReference, readBody, shopOf } from './input.ts';
import { clockView } from './views.ts';
import { changeScopes, uninstallApp } from '../shopify/installation.ts';
import { privacyPayload } from '../shopify/payloads/app.ts';
import { signSessionToken, TOKEN_SURFACES } from '../shopify/session-token.ts';

const clockInput = z.object({
  offsetMs: z.number().int().optional(),
  set: z.iso.datetime({ offset: true }).optional(),
  advanceMs: z.number().int().optional(),
});

const faultInput = z.object({
  target: z.enum(['graphql', 'webhook', 'token', 'bulk', 'twilio', 'receipt', 'delivery', 'smtp']),
  kind: z.enum([...new Set(Object.values(FAULT_KINDS).flat())]),
  operation: z.string().optional(),
  shop: z.string().optional(),
  times: z.number().int().min(1).optional(),
  delayMs: z.number().int().min(0).optional(),
  message: z.string().optional(),
  executes: z.boolean().optional(),
});

const shopInput = z.object({
  domain: z.string().regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/),
  like: z.string().optional(),
});

const tokenInput = z.object({
  shop: z.string().optional(),
  surface: z.enum(TOKEN_SURFACES),
  customer: customerReference.optional(),
});

const protectedDataInput = z.object({
  shop: z.string().optional(),
  isCustomerDataApproved: z.boolean().default(true),
  approved: z.array(z.enum(['name', 'email', 'phone', 'address'])),
  mode: z.enum(['errors', 'nulls']).default('errors'),
});

const scopesInput = z.object({
  shop: z.string().optional(),
  scopes: z.array(z.string()).nullable(),
  isReadAllOrdersRefused: z.boolean().default(false),
});

const definitionsInput = z.object({
  shop: z.string().optional(),
  total: z.number().int().min(0),
  pinned: z.number().int().min(0),
});

const bulkInput = z.object({ shop: z.string().optional(), isOfNodesOnly: z.boolean() });

const privacyInput = z.object({
  shop: z.string().optional(),
  topic: z.enum(['customers/data_request', 'customers/redact', 'shop/redact']),
  customer: customerReference.optional(),
});

/** Registers the endpoints for clock, faults, reset, installation, privacy requests and session tokens. */
export function registerWorldControls(router: Router, sandbox: Sandbox): void {
  registerWorld(router, sandbox);
  registerInstallation(router, sandbox);
}

function registerWorld(router: Router, sandbox: Sandbox): void {
  const { world } = sandbox;

  router.add('POST', '/_control/shops', async (exchange) => {
    const { domain, like } = await readBody(exchange, shopInput);
    if (world.shopDomains().includes(domain)) throw new BadRequest(`domain: ${domain} is there already`);
    exchange.sendJson(201, { shop: world.openShop(domain, shopOf(world, like)).shop });
  });

  router.add('POST', '/_control/clock', async (exchange) => {
    const input = await readBody(exchange, clockInput);
    if (input.offsetMs !== undefined) world.state.clockOffsetMs = input.offsetMs;
    if (input.set !== undefined) world.state.clockOffsetMs = Date.parse(input.set) - Date.now();
    if (input.advanceMs !== undefined) world.state.clockOffsetMs += input.advanceMs;
    exchange.sendJson(200, clockView(world));
  });

  router.add('POST', '/_control/faults', async (exchange) => {
    const input = await readBody(exchange, faultInput);
    if (!FAULT_KINDS[input.target].includes(input.kind)) {
      throw new BadRequest(
        `${input.target} knows ${FAULT_KINDS[input.target].join(', ')}, not ${input.kind}`,
      );
    }
    exchange.sendJson(201, { fault: armFault(world, input) });
  });

  router.add('DELETE', '/_control/faults', (exchange) => {
    world.state.faults = [];
    exchange.sendJson(200, { faults: [] });
  });

  router.add('POST', '/_control/reset', async (exchange) => {
    const input = await readBody(exchange, z.object({ tokens: z.boolean().default(false) }));
    sandbox.webhooks.forget();
    sandbox.twilio.delivery.close();
    world.reset(input);
    exchange.sendJson(200, { shops: world.shopDomains() });
  });
}

/** What the app and the shop have to do with each other. */
function registerInstallation(router: Router, sandbox: Sandbox): void {
  const { world, options, appConfig } = sandbox;

  router.add('POST', '/_control/session-tokens', async (exchange) => {
    const input = await readBody(exchange, tokenInput);
    const shop = shopOf(world, input.shop);
    const customer = customerOf(world, shop, input.customer)?.id ?? null;
    exchange.sendJson(200, { token: signSessionToken(options, { surface: input.surface, shop, customer }) });
  });

  router.add('POST', '/_control/uninstall', async (exchange) => {
    const input = await readBody(exchange, z.object({ shop: z.string().optional() }));
    uninstallApp(world, shopOf(world, input.shop));
    exchange.sendJson(200, { uninstalled: true });
  });

  router.add('POST', '/_control/scopes', async (exchange) => {
    const { shop, scopes, isReadAllOrdersRefused } = await readBody(exchange, scopesInput);
    const domain = shopOf(world, shop);
    const known = [...appConfig.scopes, ...appConfig.optionalScopes];
    const strange = scopes?.filter((scope) => !known.includes(scope)) ?? [];
    if (strange.length > 0)
      throw new BadRequest(`scopes: shopify.app.toml does not ask for ${strange.join(', ')}`);
    world.shop(domain).isReadAllOrdersRefused = isReadAllOrdersRefused;
    exchange.sendJson(200, { scopes: changeScopes(world, domain, appConfig, scopes) });
  });

  router.add('POST', '/_control/metafield-definitions', async (exchange) => {
    const { shop, ...counts } = await readBody(exchange, definitionsInput);
    world.shop(shopOf(world, shop)).merchantDefinitions = counts;
    exchange.sendJson(200, { merchantDefinitions: counts });
  });

  router.add('POST', '/_control/protected-data', async (exchange) => {
    const { shop, ...protectedData } = await readBody(exchange, protectedDataInput);
    world.shop(shopOf(world, shop)).protectedData = protectedData;
    exchange.sendJson(200, { protectedData });
  });

  router.add('POST', '/_control/bulk-queries', async (exchange) => {
    const { shop, isOfNodesOnly } = await readBody(exchange, bulkInput);
    world.shop(shopOf(world, shop)).isBulkOfNodesOnly = isOfNodesOnly;
    exchange.sendJson(200, { isOfNodesOnly });
  });

  router.add('POST', '/_control/privacy', async (exchange) => {
    const input = await readBody(exchange, privacyInput);
    const shop = shopOf(world, input.shop);
    const customer = customerOf(world, shop, input.customer);
    if (input.topic !== 'shop/redact' && !customer)
      throw new BadRequest(`customer: ${input.topic} is about one`);
    const payload = privacyPayload(world, shop, input.topic, customer);
    world.announce(shop, [{ topic: input.topic, payload }]);
    exchange.sendJson(202, { payload });
  });
}

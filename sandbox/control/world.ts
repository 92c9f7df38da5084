import { z } from 'zod';

import { armFault, FAULT_KINDS } from '../faults.ts';
import type { Sandbox } from '../main.ts';
import { BadRequest, type Router } from '../router.ts';
import { customerOf, customerReference, readBody, shopOf } from './input.ts';
import { clockView } from './views.ts';
import { changeScopes, uninstallApp } from '../shopify/installation.ts';
import { privacyPayload } from '../shopify/payloads/app.ts';
import { signSessionToken } from '../shopify/session-token.ts';

const clockInput = z.object({
  offsetMs: z.number().int().optional(),
  set: z.iso.datetime({ offset: true }).optional(),
  advanceMs: z.number().int().optional(),
});

const faultInput = z.object({
  target: z.enum(['graphql', 'webhook', 'token', 'bulk']),
  kind: z.enum([
    'status429',
    'status500',
    'timeout',
    'lostReply',
    'throttled',
    'userError',
    'drop',
    'duplicate',
    'delay',
    'shuffle',
    'fails',
    'slow',
    'expired',
    'partial',
  ]),
  operation: z.string().optional(),
  shop: z.string().optional(),
  times: z.number().int().min(1).optional(),
  delayMs: z.number().int().min(0).optional(),
  message: z.string().optional(),
  executes: z.boolean().optional(),
});

const tokenInput = z.object({
  shop: z.string().optional(),
  surface: z.enum(['admin', 'checkout']),
  customer: customerReference.optional(),
});

const privacyInput = z.object({
  shop: z.string().optional(),
  topic: z.enum(['customers/data_request', 'customers/redact', 'shop/redact']),
  customer: customerReference.optional(),
});

/** Registers the doors for clock, faults, reset, installation, privacy requests and session tokens. */
export function registerWorldControls(router: Router, sandbox: Sandbox): void {
  const { world, options, appConfig } = sandbox;

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
    world.reset(input);
    exchange.sendJson(200, { shops: world.shopDomains() });
  });

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
    const schema = z.object({ shop: z.string().optional(), scopes: z.array(z.string()).nullable() });
    const input = await readBody(exchange, schema);
    const scopes = changeScopes(world, shopOf(world, input.shop), appConfig, input.scopes);
    exchange.sendJson(200, { scopes });
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

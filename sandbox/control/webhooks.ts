import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type { Sandbox } from '../sandbox.ts';
import type { Router } from '../router.ts';
import { sendOnce, webhookHeaders, webhookSignature } from '../shopify/webhooks.ts';
import { UnknownError } from '../world.ts';
import { readBody, shopOf } from './input.ts';

const sendInput = z.object({
  shop: z.string().optional(),
  topic: z.string(),
  /** A string is sent byte for byte; anything else as JSON. */
  payload: z.unknown(),
  /** Overrides by name, ignoring case; null leaves the header out. */
  headers: z.record(z.string(), z.string().nullable()).default({}),
  times: z.number().int().min(1).max(5_000).default(1),
  parallel: z.boolean().default(false),
});

/** Registers the endpoint that signs and sends the caller's own payload, and the one that resends a webhook. */
export function registerWebhookControls(router: Router, sandbox: Sandbox): void {
  router.add('POST', '/_control/webhooks', async (exchange) => {
    const input = await readBody(exchange, sendInput);
    exchange.sendJson(200, { deliveries: await sendRaw(sandbox, input) });
  });

  router.add('POST', '/_control/webhooks/:id/resend', (exchange) => {
    const delivery = sandbox.world.state.deliveries.find((each) => each.webhookId === exchange.params.id);
    if (!delivery) throw new UnknownError(`no webhook ${exchange.params.id}`);
    sandbox.webhooks.resend(delivery);
    exchange.sendJson(202, { webhookId: delivery.webhookId });
  });

  router.add('POST', '/_control/idle', async (exchange) => {
    const input = await readBody(exchange, z.object({ timeoutMs: z.number().int().min(0).default(10_000) }));
    exchange.sendJson(200, { idle: await sandbox.webhooks.idle(input.timeoutMs) });
  });
}

async function sendRaw(sandbox: Sandbox, input: z.output<typeof sendInput>) {
  const { options, appConfig, world } = sandbox;
  const body = typeof input.payload === 'string' ? input.payload : JSON.stringify(input.payload ?? {});
  const webhook = {
    topic: input.topic,
    shop: input.shop ?? shopOf(world, null),
    webhookId: randomUUID(),
    eventId: randomUUID(),
    triggeredAt: world.instant(),
  };
  const signed = webhookHeaders(webhook, appConfig.apiVersion, webhookSignature(options.apiSecret, body));
  const headers = overridden(signed, input.headers);
  const address = new URL(appConfig.subscriptions.get(input.topic)?.uri ?? '/webhooks', options.appUrl).href;
  const send = async () => ({
    ...(await sendOnce(address, headers, body)),
    webhookId: headers['x-shopify-webhook-id'] ?? null,
    eventId: headers['x-shopify-event-id'] ?? null,
  });
  if (input.parallel) return Promise.all(Array.from({ length: input.times }, send));
  const deliveries = [];
  for (let sent = 0; sent < input.times; sent += 1) deliveries.push(await send());
  return deliveries;
}

function overridden(
  headers: Record<string, string>,
  changes: Record<string, string | null>,
): Record<string, string> {
  const result = { ...headers };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete result[name.toLowerCase()];
    else result[name.toLowerCase()] = value;
  }
  return result;
}

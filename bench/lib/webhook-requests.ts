import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { DEMO_APP } from '../../scripts/services.ts';
import type { WireRequest } from './load.ts';
import { orderPayload } from './order-payload.ts';
import { SHOP } from './shop-rows.ts';

const BODIES = 64;
const FIRST_ID = 7_100_000_000_000;

/** The signature that Shopify would put on this body. */
export function signBody(body: string | Buffer): string {
  return createHmac('sha256', DEMO_APP.apiSecret).update(body).digest('base64');
}

/**
 * Makes orders/paid deliveries to `/webhooks`, each with a webhook id and an event id of its own. Bodies are taken from a
 * few that were signed before, so that making one costs next to nothing.
 */
export function makeWebhookRequests(): () => WireRequest {
  const run = randomBytes(4).toString('hex');
  const signed = Array.from({ length: BODIES }, (_, index) => {
    const body = Buffer.from(orderPayload(String(FIRST_ID + index), String(FIRST_ID + index)));
    return { body, fixedHead: fixedHead(body) };
  });
  let count = 0;
  return () => {
    count += 1;
    const { body, fixedHead: head } = pick(signed, count);
    const id = `${run}-0000-4000-8000-${count.toString(16).padStart(12, '0')}`;
    return { head: `${head}x-shopify-webhook-id: ${id}\r\nx-shopify-event-id: ${id}\r\n\r\n`, body };
  };
}

function pick<T>(items: readonly T[], count: number): T {
  const item = items[count % items.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** The headers of a genuine delivery (fixtures/webhooks/headers_sample.json) but for the ids. */
function fixedHead(body: Buffer): string {
  return [
    'POST /webhooks HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${body.length}`,
    'user-agent: Shopify-Captain-Hook',
    'accept: */*',
    'x-shopify-topic: orders/paid',
    `x-shopify-hmac-sha256: ${signBody(body)}`,
    `x-shopify-shop-domain: ${SHOP}`,
    'x-shopify-api-version: 2026-07',
    'x-shopify-triggered-at: 2026-11-21T12:00:00.123456789Z',
    '',
  ].join('\r\n');
}

/** Sends one orders/paid of this order, by a customer of its own with the same number. Throws unless it is taken. */
export async function sendOrderPaid(port: number, orderId: string, shop = SHOP): Promise<void> {
  const body = orderPayload(orderId, orderId);
  const id = randomUUID();
  const response = await fetch(`http://127.0.0.1:${port}/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/paid',
      'x-shopify-hmac-sha256': signBody(body),
      'x-shopify-shop-domain': shop,
      'x-shopify-api-version': '2026-07',
      'x-shopify-triggered-at': new Date().toISOString(),
      'x-shopify-webhook-id': id,
      'x-shopify-event-id': id,
    },
    body,
  });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`the webhook of order ${orderId} got ${response.status}`);
}

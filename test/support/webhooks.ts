import { createHmac, randomUUID } from 'node:crypto';
import { TEST_ENVIRONMENT } from './environment.ts';

/** The signature that Shopify would put on this body. */
export function signBody(
  body: string | Buffer,
  secret: string = TEST_ENVIRONMENT.SHOPIFY_API_SECRET,
): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}

export interface SentWebhook {
  topic: string;
  body: string | Buffer;
  shop?: string;
  webhookId?: string;
  eventId?: string;
  triggeredAt?: string;
  /** Added or, with null, left out. */
  headers?: Record<string, string | null>;
}

/** The headers of a genuine delivery (fixtures/webhooks/headers_sample.json), signed. */
export function webhookHeaders(webhook: SentWebhook): Record<string, string> {
  const headers: Record<string, string | null> = {
    'content-type': 'application/json',
    'x-shopify-topic': webhook.topic,
    'x-shopify-hmac-sha256': signBody(webhook.body),
    'x-shopify-shop-domain': webhook.shop ?? 'setia-demo.myshopify.com',
    'x-shopify-api-version': '2026-07',
    'x-shopify-webhook-id': webhook.webhookId ?? randomUUID(),
    'x-shopify-event-id': webhook.eventId ?? randomUUID(),
    'x-shopify-triggered-at': webhook.triggeredAt ?? '2026-11-21T12:00:00.123456789Z',
    ...webhook.headers,
  };
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

/** Sends it as Shopify would and returns the status. */
export async function sendWebhook(origin: string, webhook: SentWebhook): Promise<number> {
  const body = typeof webhook.body === 'string' ? webhook.body : new Uint8Array(webhook.body);
  const response = await fetch(`${origin}/webhooks`, {
    method: 'POST',
    headers: webhookHeaders(webhook),
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

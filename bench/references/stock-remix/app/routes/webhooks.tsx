import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticate, prisma } from '../shopify.server.ts';

/** A webhook as Shopify's template and documentation take it: authenticate, store, answer. */
export async function action({ request }: ActionFunctionArgs) {
  const { topic, apiVersion, webhookId, payload } = await authenticate.webhook(request);
  await prisma.webhookEvent.create({
    data: {
      shopId: 1n,
      webhookId,
      eventId: request.headers.get('x-shopify-event-id'),
      topic,
      apiVersion,
      triggeredAt: new Date(request.headers.get('x-shopify-triggered-at') ?? Date.now()),
      headers: Object.fromEntries(request.headers),
      body: JSON.stringify(payload),
    },
  });
  return new Response();
}

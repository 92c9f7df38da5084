import { Counter, Histogram, Registry } from 'prom-client';

/** This process's metrics; /metrics adds those that only the database knows. */
export const registry = new Registry();

/** Requests to the webhook endpoint, by response status. */
export const webhooksReceived = new Counter({
  name: 'setia_webhooks_received_total',
  help: 'Webhook requests by response status',
  labelNames: ['status'] as const,
  registers: [registry],
});

/** Verified webhooks, by their outcome in the inbox. */
export const webhooksStored = new Counter({
  name: 'setia_webhooks_stored_total',
  help: 'Verified webhooks: stored for the first time, or duplicates of a stored one',
  labelNames: ['outcome'] as const,
  registers: [registry],
});

/** How many webhooks shared one INSERT. */
export const intakeBatchSize = new Histogram({
  name: 'setia_webhook_intake_batch_size',
  help: 'Webhooks that shared one INSERT',
  buckets: [1, 2, 4, 8, 16, 32, 64, 128, 200],
  registers: [registry],
});

/** From the first byte of the request to its response. */
export const intakeSeconds = new Histogram({
  name: 'setia_webhook_intake_seconds',
  help: 'Seconds from a webhook request to its response',
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
});

/** Requests of shoppers that were asked to wait, by the limit that they reached: `shopper`, `shop` or `budget`. */
export const shopperRequestsRefused = new Counter({
  name: 'setia_shopper_requests_refused_total',
  help: 'Requests of shoppers refused with 429, by the limit that they reached',
  labelNames: ['limit'] as const,
  registers: [registry],
});

/** Requests of shoppers to the club API, by endpoint and response status. */
export const clubRequests = new Counter({
  name: 'setia_club_requests_total',
  help: 'Requests to the club API by endpoint and response status',
  labelNames: ['endpoint', 'status'] as const,
  registers: [registry],
});

/** From the headers of a shopper's request to its response. */
export const clubSeconds = new Histogram({
  name: 'setia_club_request_seconds',
  help: 'Seconds from a request to the club API to its response',
  labelNames: ['endpoint'] as const,
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
});

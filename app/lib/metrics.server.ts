import { Counter, Histogram, Registry } from 'prom-client';

/** This process's figures; /metrics adds those that only the database knows. */
export const registry = new Registry();

/** Requests at the webhook door by the status that they were answered with. */
export const webhooksReceived = new Counter({
  name: 'setia_webhooks_received_total',
  help: 'Requests at the webhook door by answered status',
  labelNames: ['status'] as const,
  registers: [registry],
});

/** Verified webhooks by what became of them in the inbox. */
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

/** From the first byte of the request to its answer. */
export const intakeSeconds = new Histogram({
  name: 'setia_webhook_intake_seconds',
  help: 'Seconds from request to answer at the webhook door',
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
});

/** Sends webhooks as Shopify does: many at once, each again until the response is 200. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sendWebhook, type SentWebhook } from './webhooks.ts';

const RETRY_MS = 100;
const GIVE_UP_MS = 180_000;

export interface DeliveryReport {
  /** Responses other than 200, by status; `none` where the connection broke. */
  refused: Record<string, number>;
}

export interface DeliverOptions {
  /** Webhooks in flight at once. */
  lanes?: number;
  /** The pause of a lane after each of its webhooks. */
  restMs?: number;
}

/**
 * Delivers every webhook, a few at a time. A refused one is resent under the same ids until it is accepted; after a
 * 200 it is never sent again. Throws when one isn't accepted within three minutes.
 */
export async function deliver(
  origin: string,
  webhooks: readonly SentWebhook[],
  { lanes = 16, restMs = 0 }: DeliverOptions = {},
): Promise<DeliveryReport> {
  const report: DeliveryReport = { refused: {} };
  const waiting = [...webhooks];
  const lane = async (): Promise<void> => {
    for (let webhook = waiting.shift(); webhook; webhook = waiting.shift()) {
      await deliverOne(origin, webhook, report);
      if (restMs > 0) await sleep(restMs);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return report;
}

async function deliverOne(origin: string, webhook: SentWebhook, report: DeliveryReport): Promise<void> {
  for (const deadline = Date.now() + GIVE_UP_MS; ;) {
    const status = await sendWebhook(origin, webhook).catch(() => 'none' as const);
    if (status === 200) return;
    report.refused[status] = (report.refused[status] ?? 0) + 1;
    if (Date.now() > deadline) throw new Error(`${webhook.topic} was not taken: ${status}`);
    await sleep(RETRY_MS);
  }
}

import { createHmac, randomUUID } from 'node:crypto';

import type { AppConfig } from '../app-config.ts';
import { DEFAULT_DELAY_MS, takeFault } from '../faults.ts';
import type { DeliveryAttempt, WebhookDelivery } from '../state.ts';
import type { MerchantAction, World } from '../world.ts';
import { isTopicApproved, redactPayload } from './protected-data.ts';

export type WebhookSettings = {
  appUrl: string;
  apiSecret: string;
  appConfig: AppConfig;
  /** The delay before the first retry; it doubles each time. Shopify spreads 8 retries over 4 hours. */
  retryBaseMs: number;
  /** Deliveries in flight at once. */
  concurrency?: number;
};

/** The app's time limit of 5 seconds, as at Shopify. */
const ANSWER_WITHIN_MS = 5_000;
/** The first, and eight retries. */
const MOST_ATTEMPTS = 9;
const KEPT_DELIVERIES = 3_000;
const KEPT_ANSWER_CHARS = 500;

/** The base64 HMAC-SHA256 of a raw body, as in `X-Shopify-Hmac-Sha256`. */
export function webhookSignature(secret: string, rawBody: string | Buffer): string {
  return createHmac('sha256', secret).update(rawBody).digest('base64');
}

export type WebhookHeaderInput = Pick<
  WebhookDelivery,
  'topic' | 'shop' | 'webhookId' | 'eventId' | 'triggeredAt'
>;

/** The headers of an HTTP delivery. `triggeredAt` has nanoseconds, as at Shopify. */
export function webhookHeaders(input: WebhookHeaderInput, apiVersion: string, hmac: string) {
  return {
    'content-type': 'application/json',
    'user-agent': 'Shopify-Captain-Hook',
    'x-shopify-topic': input.topic,
    'x-shopify-hmac-sha256': hmac,
    'x-shopify-shop-domain': input.shop,
    'x-shopify-api-version': apiVersion,
    'x-shopify-webhook-id': input.webhookId,
    'x-shopify-event-id': input.eventId,
    'x-shopify-triggered-at': input.triggeredAt.replace(/\.(\d{3})Z$/, '.$1000000Z'),
  };
}

/** Sends one body once and returns the response; never throws. The time limit is Shopify's 5 seconds. */
export async function sendOnce(
  address: string,
  headers: Record<string, string>,
  body: string,
): Promise<Omit<DeliveryAttempt, 'at'>> {
  const started = performance.now();
  const took = () => Math.round((performance.now() - started) * 10) / 10;
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await response.text();
    return {
      status: response.status,
      durationMs: took(),
      error: null,
      body: text.slice(0, KEPT_ANSWER_CHARS),
    };
  } catch (error) {
    return { status: null, durationMs: took(), error: describe(error), body: '' };
  }
}

/**
 * Delivers announced actions to the app: the topics that shopify.app.toml subscribes to, each with its own webhook id
 * and all with the action's event id. A failed delivery is retried with the original bytes.
 */
export class WebhookSender {
  readonly #world: World;
  readonly #settings: WebhookSettings;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #queue: WebhookDelivery[] = [];
  #underWay = 0;
  #closed = false;

  constructor(world: World, settings: WebhookSettings) {
    this.#world = world;
    this.#settings = settings;
    world.onAction((action) => this.#accept(action));
  }

  /** Resumes deliveries that were pending in a restored snapshot. */
  resume(): void {
    for (const delivery of this.#world.state.deliveries) {
      if (delivery.state === 'waiting') this.#enqueue(delivery);
    }
  }

  /** Resends a stored delivery: same ids, same bytes. */
  resend(delivery: WebhookDelivery): void {
    delivery.state = 'waiting';
    this.#enqueue(delivery);
  }

  /** Resolves when nothing is pending or in flight (used by tests and by the demo's check). */
  async idle(timeoutMs = 10_000): Promise<boolean> {
    const until = Date.now() + timeoutMs;
    while (Date.now() < until) {
      if (this.#queue.length === 0 && this.#underWay === 0 && this.#timers.size === 0) return true;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return false;
  }

  /** Stops: no further attempts. This process drops pending retries; a snapshot keeps them. */
  close(): void {
    this.#closed = true;
    this.forget();
  }

  /** Drops the queue, as after a reset of the world. */
  forget(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#queue.length = 0;
  }

  #accept(action: MerchantAction): void {
    const triggeredAt = this.#world.instant();
    for (const { topic, payload } of action.messages) {
      const subscription = this.#settings.appConfig.subscriptions.get(topic);
      if (subscription === undefined) continue;
      const shop = this.#world.shop(action.shop);
      if (!isTopicApproved(shop, topic)) continue;
      const delivery: WebhookDelivery = {
        webhookId: randomUUID(),
        eventId: action.eventId,
        shop: action.shop,
        topic,
        uri: subscription.uri,
        triggeredAt,
        payload: JSON.stringify(
          chosenFields(redactPayload(shop, topic, payload), subscription.includeFields),
        ),
        attempts: [],
        state: 'waiting',
      };
      this.#keep(delivery);
      this.#dispatch(delivery);
    }
  }

  #keep(delivery: WebhookDelivery): void {
    const { deliveries } = this.#world.state;
    deliveries.push(delivery);
    if (deliveries.length <= KEPT_DELIVERIES) return;
    const oldest = deliveries.findIndex((each) => each.state !== 'waiting');
    if (oldest >= 0) deliveries.splice(oldest, 1);
  }

  /** The first attempt, through an armed fault if there is one. */
  #dispatch(delivery: WebhookDelivery): void {
    const fault = takeFault(this.#world, 'webhook', delivery.shop, [delivery.topic]);
    const delayMs = fault?.delayMs ?? DEFAULT_DELAY_MS;
    if (!fault) return this.#enqueue(delivery);
    if (fault.kind === 'drop') delivery.state = 'dropped';
    if (fault.kind === 'duplicate') {
      this.#enqueue(delivery);
      this.#enqueue(delivery);
    }
    if (fault.kind === 'delay') this.#later(delivery, delayMs);
    if (fault.kind === 'shuffle') this.#later(delivery, Math.random() * delayMs);
  }

  #later(delivery: WebhookDelivery, delayMs: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#enqueue(delivery);
    }, delayMs);
    this.#timers.add(timer);
  }

  #enqueue(delivery: WebhookDelivery): void {
    this.#queue.push(delivery);
    this.#pump();
  }

  #pump(): void {
    const lanes = this.#settings.concurrency ?? 16;
    while (!this.#closed && this.#underWay < lanes) {
      const next = this.#queue.shift();
      if (!next) return;
      this.#underWay += 1;
      void this.#attempt(next).finally(() => {
        this.#underWay -= 1;
        this.#pump();
      });
    }
  }

  async #attempt(delivery: WebhookDelivery): Promise<void> {
    const { appUrl, apiSecret, appConfig, retryBaseMs } = this.#settings;
    const hmac = webhookSignature(apiSecret, delivery.payload);
    const headers = webhookHeaders(delivery, appConfig.apiVersion, hmac);
    const answer = await sendOnce(new URL(delivery.uri, appUrl).href, headers, delivery.payload);
    delivery.attempts.push({ at: this.#world.instant(), ...answer });
    if (answer.status !== null && answer.status >= 200 && answer.status < 300) {
      delivery.state = 'delivered';
      return;
    }
    if (delivery.state === 'delivered') return;
    if (delivery.attempts.length >= MOST_ATTEMPTS) delivery.state = 'failed';
    else if (!this.#closed) this.#later(delivery, retryBaseMs * 2 ** (delivery.attempts.length - 1));
  }
}

/** Returns the payload with only the top-level fields the subscription asks for; nested ones aren't simulated. */
function chosenFields(payload: unknown, fields: string[] | null): unknown {
  if (fields === null || typeof payload !== 'object' || payload === null) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([name]) => fields.includes(name)));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.name}: ${error.message}${cause}`;
}

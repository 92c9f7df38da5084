/**
 * Generated order histories as the webhooks Shopify would send for them, with the resulting points: computed here by
 * plain sums over the final state of each order, in whole rupiah, without any of the app's code.
 */
import { orderPayload, refundPayload, type OrderSpec, type RefundSpec } from './orders.ts';
import type { Random } from './random.ts';
import type { SentWebhook } from './webhooks.ts';

/** The demo shop's program: each full Rp 100,000 of an order gives 10 points. */
const STEP = 100_000;
const POINTS_A_STEP = 10;
/** Share of orders that are cancelled, are tests, have no customer, are followed by an update. */
const SHARE = { cancelled: 0.08, test: 0.05, guest: 0.05, updated: 0.3, duplicate: 0.25 };
const FIRST_ORDER = 7_000_000_001;

export interface HistoryEvent extends SentWebhook {
  webhookId: string;
  eventId: string;
  triggeredAt: string;
}

export interface History {
  /** Every webhook in the order in which things happened, duplicates included. */
  events: HistoryEvent[];
  /** The final points by customer, only of those who have some. */
  points: Record<string, number>;
}

interface Options {
  shop: string;
  events: number;
  customers: readonly number[];
  /** The number of the first order; two histories in one shop need distinct numbers. */
  firstOrder?: number;
}

/** Generates orders until there are at least `events` webhooks; the last order's history is completed. */
export function makeHistory(
  random: Random,
  { shop, events: wanted, customers, firstOrder = FIRST_ORDER }: Options,
): History {
  const events: HistoryEvent[] = [];
  const points: Record<string, number> = {};
  const start = Date.now() - 3_600_000;
  for (let id = firstOrder; events.length < wanted; id += 1) {
    const story = orderStory(random, id, random.pick(customers), new Date(start + (id - firstOrder) * 1_000));
    for (const event of story.events) {
      const sent = { ...event, shop };
      events.push(sent);
      if (random.chance(SHARE.duplicate)) events.push(sent);
    }
    if (story.customer !== null && story.points > 0) {
      points[story.customer] = (points[story.customer] ?? 0) + story.points;
    }
  }
  return { events, points };
}

interface Story {
  events: Omit<HistoryEvent, 'shop'>[];
  customer: number | null;
  points: number;
}

function orderStory(random: Random, id: number, customer: number, at: Date): Story {
  const order: OrderSpec = {
    id,
    customer: random.chance(SHARE.guest) ? null : customer,
    lines: Array.from({ length: random.between(1, 3) }, () => ({
      price: random.between(20, 400) * 1_000,
      quantity: random.between(1, 4),
    })),
    refunds: [],
    test: random.chance(SHARE.test),
    processedAt: at.toISOString(),
  };
  const events: Story['events'] = [];
  let minutes = 0;
  const happen = (topic: string, body: (updatedAt: string) => object, eventId?: string): string => {
    if (eventId === undefined) minutes += 1;
    const triggeredAt = new Date(at.getTime() + minutes * 60_000).toISOString();
    const event = eventId ?? `${id}-${events.length}`;
    const webhookId = `${topic}-${event}`;
    events.push({ topic, body: JSON.stringify(body(triggeredAt)), webhookId, eventId: event, triggeredAt });
    return event;
  };
  const state = (updatedAt: string): object => orderPayload({ ...order, updatedAt });

  happen('orders/updated', state, happen('orders/paid', state));
  for (let number = random.between(0, 2); number > 0; number -= 1) {
    const refund = takeBack(random, order, id * 10 + number, at);
    if (refund === null) continue;
    const event = happen('refunds/create', () => refundPayload(refund));
    happen('orders/updated', state, event);
  }
  if (random.chance(SHARE.updated)) happen('orders/updated', state);
  const isCancelled = random.chance(SHARE.cancelled);
  if (isCancelled) {
    order.cancelledAt = new Date(at.getTime() + 7_200_000).toISOString();
    happen('orders/updated', state, happen('orders/cancelled', state));
  }
  const points = isCancelled || order.test ? 0 : pointsOf(order);
  return { events, customer: typeof order.customer === 'number' ? order.customer : null, points };
}

/** Refunds a unit or two of one line; null when that line has none left. */
function takeBack(random: Random, order: OrderSpec, refundId: number, at: Date): RefundSpec | null {
  const place = random.between(0, order.lines.length - 1);
  const line = order.lines[place]!;
  const left = line.left ?? line.quantity ?? 1;
  if (left === 0) return null;
  const pieces = random.between(1, left);
  const refund = { id: refundId, order: order.id, lines: { [place + 1]: pieces }, at: at.toISOString() };
  const lines = order.lines.map((each) => (each === line ? { ...line, left: left - pieces } : each));
  const isAllBack = lines.every((each) => each.left === 0);
  Object.assign(order, {
    lines,
    refunds: [...(order.refunds ?? []), refund],
    financial: isAllBack ? 'refunded' : 'partially_refunded',
  });
  return refund;
}

/** Price times the units left, full steps only. */
function pointsOf(order: OrderSpec): number {
  const worth = order.lines.reduce((sum, line) => sum + line.price * (line.left ?? line.quantity ?? 1), 0);
  return Math.floor(worth / STEP) * POINTS_A_STEP;
}

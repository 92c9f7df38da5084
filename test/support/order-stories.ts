/**
 * Histories of orders, drawn by fast-check and played in the sandbox: what its webhooks said and what its Admin API
 * answered after each step. Load it after the sandbox's bed.
 */
import fc from 'fast-check';
import { sandbox } from './sandbox-bed.ts';
import { readOrderState } from '#app/integrations/shopify/orders.server.ts';
import type { OrderEvent } from '#app/modules/earning/award/read-events.ts';
import {
  cancelOrder,
  editOrder,
  exchangeLines,
  fulfillOrder,
  payOrder,
  placeOrder,
  refundOrder,
} from '#sandbox/shopify/orders.ts';
import type { CartLineInput } from '#sandbox/shopify/pricing.ts';
import type { Order } from '#sandbox/state.ts';
import { DEMO_SHOP } from './sandbox.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What a story's orders are made of; the gift card is a product of the sandbox's seed. */
export const PRODUCTS = ['kopi-gayo-arabika-250-g', 'tas-anyaman-rotan', 'kain-tenun-sumba'] as const;
export const GIFT_CARD = 'kartu-hadiah-toko-setia';

interface WantedLine {
  /** Null for a custom line. */
  product: string | null;
  quantity: number;
  /** In hundreds of minor units, so that shares of it are not whole. */
  price: number;
}

export interface Placement {
  lines: WantedLine[];
  tip: boolean;
  shipping: number;
  shippingTax: number;
  duties: number;
  discount: number;
  inEuros: boolean;
  isPaid: boolean;
}

type Step =
  | { kind: 'pay' }
  | { kind: 'fulfill'; line: number; quantity: number }
  | { kind: 'add'; lines: WantedLine[]; isPaid: boolean }
  | { kind: 'change'; line: number; quantity: number; isPaid: boolean }
  | { kind: 'return'; line: number; quantity: number; withheld: number; isPending: boolean }
  | { kind: 'giveBack'; amount: number; reason: 'Customer' | 'Damage' | null }
  | { kind: 'shippingBack'; shipping: number; duties: number }
  | { kind: 'fullReturn'; balancing: number }
  | { kind: 'exchange'; line: number; add: WantedLine }
  | { kind: 'cancel'; refund: boolean };

export interface Story {
  placement: Placement;
  steps: { after: number; step: Step }[];
}

const line = fc.record({
  product: fc.constantFrom(null, ...PRODUCTS, GIFT_CARD),
  quantity: fc.integer({ min: 1, max: 4 }),
  price: fc.integer({ min: 100_001, max: 3_000_000 }),
});
const place = fc.nat(3);
const few = fc.integer({ min: 1, max: 3 });
const smallMoney = fc.integer({ min: 10_000, max: 9_000_000 });

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('pay' as const) }),
  fc.record({ kind: fc.constant('fulfill' as const), line: place, quantity: few }),
  fc.record({
    kind: fc.constant('add' as const),
    lines: fc.array(line, { minLength: 1, maxLength: 2 }),
    isPaid: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('change' as const), line: place, quantity: fc.nat(5), isPaid: fc.boolean() }),
  fc.record({
    kind: fc.constant('return' as const),
    line: place,
    quantity: few,
    withheld: fc.constantFrom(0, 0, 777_700),
    isPending: fc.constantFrom(false, false, true),
  }),
  fc.record({
    kind: fc.constant('giveBack' as const),
    amount: smallMoney,
    reason: fc.constantFrom('Customer', 'Damage', null),
  }),
  fc.record({ kind: fc.constant('shippingBack' as const), shipping: smallMoney, duties: smallMoney }),
  fc.record({ kind: fc.constant('fullReturn' as const), balancing: fc.integer({ min: -500, max: 500 }) }),
  fc.record({ kind: fc.constant('exchange' as const), line: place, add: line }),
  fc.record({ kind: fc.constant('cancel' as const), refund: fc.boolean() }),
);

/** A gap before a step: within the hour in which a payment counts as at once, later that day, days later. */
const gap = fc.constantFrom(5 * MINUTE_MS, 7 * HOUR_MS, 3 * DAY_MS, 8 * DAY_MS);

export const story: fc.Arbitrary<Story> = fc.record({
  placement: fc.record({
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    tip: fc.constantFrom(false, false, true),
    shipping: fc.constantFrom(0, 2_500_000),
    shippingTax: fc.constantFrom(0, 247_700),
    duties: fc.constantFrom(0, 0, 1_234_500),
    discount: fc.constantFrom(0, 0, 3_333_300),
    inEuros: fc.constantFrom(false, false, true),
    isPaid: fc.constantFrom(true, true, false),
  }),
  steps: fc.array(fc.record({ after: gap, step }), { minLength: 1, maxLength: 6 }),
});

const PLAIN: Placement = {
  lines: [
    { product: PRODUCTS[0], quantity: 3, price: 1_234_567 },
    { product: PRODUCTS[1], quantity: 2, price: 2_000_001 },
  ],
  tip: false,
  shipping: 2_500_000,
  shippingTax: 247_700,
  duties: 0,
  discount: 0,
  inEuros: false,
  isPaid: true,
};
const storyOf = (placement: Partial<Placement>, ...steps: Step[]): Story => ({
  placement: { ...PLAIN, ...placement },
  steps: steps.map((wanted) => ({ after: 7 * HOUR_MS, step: wanted })),
});

/** A story for each feature that drawn ones may leave out. */
export const EVERY_FEATURE: readonly Story[] = [
  storyOf({ tip: true, discount: 3_333_300 }, { kind: 'fulfill', line: 0, quantity: 3 }),
  storyOf({ duties: 1_234_500 }, { kind: 'shippingBack', shipping: 1_100_000, duties: 700_000 }),
  storyOf({ shippingTax: 0 }, { kind: 'shippingBack', shipping: 2_500_000, duties: 0 }),
  storyOf({}, { kind: 'giveBack', amount: 3_700_000, reason: null }),
  storyOf({}, { kind: 'giveBack', amount: 3_700_000, reason: 'Damage' }),
  storyOf({}, { kind: 'return', line: 0, quantity: 1, withheld: 777_700, isPending: false }),
  storyOf({}, { kind: 'return', line: 1, quantity: 1, withheld: 0, isPending: true }),
  storyOf({}, { kind: 'fullReturn', balancing: -350 }),
  storyOf({}, { kind: 'exchange', line: 0, add: { product: PRODUCTS[2], quantity: 2, price: 1_500_001 } }),
  storyOf({}, { kind: 'exchange', line: 0, add: { product: PRODUCTS[2], quantity: 1, price: 500_001 } }),
  storyOf({ lines: [...PLAIN.lines, { product: GIFT_CARD, quantity: 1, price: 3_000_000 }] }),
  storyOf({ inEuros: true, tip: true }, { kind: 'giveBack', amount: 1_700_000, reason: 'Customer' }),
  storyOf(
    {},
    { kind: 'add', lines: [{ product: PRODUCTS[2], quantity: 2, price: 1_700_001 }], isPaid: false },
    { kind: 'pay' },
    { kind: 'change', line: 0, quantity: 1, isPaid: true },
  ),
  storyOf({}, { kind: 'cancel', refund: true }),
  storyOf(
    { inEuros: true },
    { kind: 'exchange', line: 0, add: { product: PRODUCTS[2], quantity: 1, price: 500_001 } },
    { kind: 'return', line: 1, quantity: 1, withheld: 777_700, isPending: false },
  ),
];

/** One step of an order as the app may see it. */
export interface Seen {
  at: Date;
  orderId: number;
  webhooks: Omit<OrderEvent, 'shopId'>[];
  /** What Shopify answers after the step. */
  reading: Omit<OrderEvent, 'shopId'>;
}

let told: { topic: string; payload: unknown }[] = [];
sandbox.world.onAction(({ messages }) => told.push(...messages));

/** Plays a story from a moment on; steps that the order does not allow are left out. */
export async function play(
  { placement, steps }: Story,
  customer: number,
  startsAt: number,
  read = true,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  let atMs = startsAt;
  let orderId = 0;
  const happen = async (work: () => boolean) => {
    told = [];
    const at = new Date(atMs);
    if (!sandbox.world.at(at.toISOString(), work) || told.length === 0) return;
    const messages = structuredClone(told).filter(({ topic }) => topic !== 'orders/edited');
    const webhooks = messages.map(({ topic, payload }) => ({ topic, payload, triggeredAt: at }));
    const state = read ? await readOrderState(DEMO_SHOP, BigInt(orderId)) : null;
    const triggeredAt = new Date(atMs + 1_500);
    const reading = { topic: 'orders/updated', payload: state?.payload, triggeredAt, isReading: true };
    seen.push({ at, orderId, webhooks, reading });
  };
  await happen(() => {
    const outcome = placeOrder(sandbox.world, DEMO_SHOP, {
      lines: [...placement.lines.map(cartLine), ...(placement.tip ? [TIP] : [])],
      discountCodes: [],
      customerId: customer,
      // A discount may leave nothing to pay, which Shopify counts as paid.
      paid: placement.isPaid || placement.discount > 0,
      shipping: placement.shipping,
      shippingTax: placement.shipping === 0 ? 0 : placement.shippingTax,
      duties: placement.duties,
      ...(placement.discount > 0 ? { manualDiscount: { title: 'Sale', amount: placement.discount } } : {}),
      ...(placement.inEuros ? { presentmentCurrency: 'EUR', presentmentRate: 0.000_058_7 } : {}),
    });
    if (!outcome.ok) throw new Error(outcome.reason);
    orderId = outcome.order.id;
    return true;
  });
  for (const { after, step: wanted } of steps) {
    atMs += after;
    await happen(() => take(wanted, sandbox.world.findOrder(DEMO_SHOP, orderId)!));
  }
  return seen;
}

const TIP: CartLineInput = { title: 'Tip', price: 1_550_000, quantity: 1 };

function cartLine({ product, quantity, price }: WantedLine): CartLineInput {
  if (product === null) return { title: 'Custom', price, quantity };
  return { variantId: sandbox.world.findProduct(DEMO_SHOP, product)!.variants[0]!.id, price, quantity };
}

function take(wanted: Step, order: Order): boolean {
  const { world } = sandbox;
  const lineAt = (index: number) => order.lines[index % order.lines.length]!;
  switch (wanted.kind) {
    case 'pay':
      payOrder(world, DEMO_SHOP, order.id);
      return true;
    case 'fulfill': {
      const { id } = lineAt(wanted.line);
      return fulfillOrder(world, DEMO_SHOP, order.id, [{ lineId: id, quantity: wanted.quantity }]).ok;
    }
    case 'add':
      return editOrder(world, DEMO_SHOP, order.id, {
        add: wanted.lines.map(cartLine),
        paid: wanted.isPaid,
      }).ok;
    case 'change': {
      const { id, title } = lineAt(wanted.line);
      if (title === TIP.title) return false;
      const quantities = [{ lineId: id, quantity: wanted.quantity }];
      return editOrder(world, DEMO_SHOP, order.id, { quantities, paid: wanted.isPaid }).ok;
    }
    case 'return':
      return refundOrder(world, DEMO_SHOP, order.id, {
        lines: [{ lineId: lineAt(wanted.line).id, quantity: wanted.quantity }],
        withheld: wanted.withheld,
        isPending: wanted.isPending,
      }).ok;
    case 'giveBack':
      return refundOrder(world, DEMO_SHOP, order.id, { amount: wanted.amount, reason: wanted.reason }).ok;
    case 'shippingBack':
      return refundOrder(world, DEMO_SHOP, order.id, wanted).ok;
    case 'fullReturn':
      return refundOrder(world, DEMO_SHOP, order.id, {
        lines: order.lines
          .filter(({ currentQuantity }) => currentQuantity > 0)
          .map(({ id, currentQuantity }) => ({ lineId: id, quantity: currentQuantity })),
        balancing: wanted.balancing,
      }).ok;
    case 'exchange':
      return exchangeLines(world, DEMO_SHOP, order.id, {
        returned: [{ lineId: lineAt(wanted.line).id, quantity: 1 }],
        add: [cartLine(wanted.add)],
      }).ok;
    case 'cancel':
      cancelOrder(world, DEMO_SHOP, order.id, { refund: wanted.refund });
      return true;
  }
}

/** What happens to a customer's points after they were earned, step by step. Each full Rp 100,000 gives 10 points. */
import type { TakeBackPolicy } from '#app/modules/shops/rules/club-settings.ts';
import type { EarnRules } from '#app/modules/earning/rules/program.ts';
import type { LedgerWorld } from '#test/support/ledger-world.ts';
import type { OrderSpec } from '#test/support/orders.ts';
import { program } from '#test/support/rules.ts';

export interface Story {
  title: string;
  rules?: Partial<EarnRules>;
  policy?: TakeBackPolicy;
  /** What happens, and what the customer has then. */
  steps: [words: string, happen: (world: LedgerWorld) => void, has: string][];
}

const ME = 1n;
/** The order changed hands of nobody: number 1, 2, ... of the story. */
const buy =
  (lines: OrderSpec['lines'], rest: Partial<OrderSpec> = {}) =>
  (world: LedgerWorld) =>
    world.place({ id: world.orders.length + 1, customer: 1, lines, ...rest });
const reserve = (points: number) => (world: LedgerWorld) => void world.reserve(ME, 'POINTS', points);
const useCode = (lines: OrderSpec['lines'], takes: number[]) => (world: LedgerWorld) =>
  buy(lines, { discounts: [{ code: world.redemptions.at(-1)!.facts.code, takes }] })(world);
const giveBack = (order: number, lines: Record<number, number>) => (world: LedgerWorld) => {
  const known = world.orders[order - 1]!;
  known.spec.refunds.push({ id: order * 100 + known.spec.refunds.length, order, lines });
  world.repost(known);
};
const change = (order: number, spec: Partial<OrderSpec>) => (world: LedgerWorld) => {
  const known = world.orders[order - 1]!;
  Object.assign(known.spec, spec);
  world.repost(known);
};
const wait = (days: number) => (world: LedgerWorld) => {
  world.wait(days);
  world.expire();
};
const expiring = (lifetimeDays: number, pendingDays = 0) => ({
  programs: [program({ rule: { lifetimeDays, pendingDays } })],
});
const WRITE_OFF: TakeBackPolicy = { shortfall: 'write_off', fromAllLots: true };
const OWN_LOTS_ONLY: TakeBackPolicy = { shortfall: 'debt', fromAllLots: false };

export const STORIES: Story[] = [
  {
    title: 'Several partial refunds add up exactly',
    steps: [
      ['buys 3 pieces for Rp 100,000 each', buy([{ price: 100_000, quantity: 3 }]), '30 points'],
      ['gives one piece back', giveBack(1, { 1: 1 }), '20 points'],
      ['gives another back', giveBack(1, { 1: 1 }), '10 points'],
      ['gives the last back', giveBack(1, { 1: 1 }), '0 points'],
    ],
  },
  {
    title: 'The same news twice changes nothing',
    steps: [
      ['buys for Rp 100,000', buy([{ price: 100_000 }]), '10 points'],
      ['the webhook comes again', change(1, {}), '10 points'],
      ['the order is cancelled', change(1, { cancelledAt: '2026-01-11T00:00:00Z' }), '0 points'],
      ['the cancellation comes again', change(1, {}), '0 points'],
    ],
  },
  {
    title: 'An order that is edited',
    steps: [
      ['buys for Rp 200,000', buy([{ price: 200_000 }]), '20 points'],
      [
        'a line for Rp 100,000 is added',
        change(1, { lines: [{ price: 200_000 }, { price: 100_000 }] }),
        '30 points',
      ],
      [
        'the first line is taken away',
        change(1, { lines: [{ price: 200_000, left: 0 }, { price: 100_000 }] }),
        '10 points',
      ],
    ],
  },
  {
    title: 'Points count while they are reserved, and return when the code is not used',
    steps: [
      ['buys for Rp 500,000', buy([{ price: 500_000 }]), '50 points'],
      ['reserves 30 points at checkout', reserve(30), '20 points, 30 reserved'],
      ['takes the code off again', (world) => world.release(world.redemptions[0]!), '50 points'],
    ],
  },
  {
    title: 'A code is spent for what it really took off',
    steps: [
      ['buys for Rp 500,000', buy([{ price: 500_000 }]), '50 points'],
      ['reserves 50 points, worth Rp 50 here', reserve(50), '0 points, 50 reserved'],
      ['buys for Rp 30 with it: only 30 points are spent', useCode([{ price: 30 }], [30]), '20 points'],
    ],
  },
  {
    title: 'Points spent on an order that is given back return',
    steps: [
      ['buys for Rp 500,000', buy([{ price: 500_000 }]), '50 points'],
      ['reserves 40 points', reserve(40), '10 points, 40 reserved'],
      ['buys 2 pieces for Rp 30 with it', useCode([{ price: 30, quantity: 2 }], [40]), '10 points'],
      ['gives one piece back: half of the 40 return', giveBack(2, { 1: 1 }), '30 points'],
      ['gives the other back', giveBack(2, { 1: 1 }), '50 points'],
    ],
  },
  {
    title: 'What comes back can be used for 7 days at least',
    rules: expiring(10),
    steps: [
      ['buys for Rp 500,000; points live 10 days', buy([{ price: 500_000 }]), '50 points'],
      ['reserves 50 points', reserve(50), '0 points, 50 reserved'],
      ['buys for Rp 50 with it', useCode([{ price: 50 }], [50]), '0 points'],
      [
        '20 days later gives that back: the points had 10 days',
        (world) => {
          wait(20)(world);
          giveBack(2, { 1: 1 })(world);
        },
        '50 points',
      ],
      ['7 days later they are still there', wait(7), '50 points'],
      ['on the 8th day they end', wait(1), '0 points'],
    ],
  },
  {
    title: 'A refund after the points were spent: debt, paid by the next order',
    steps: [
      ['buys for Rp 500,000', buy([{ price: 500_000 }]), '50 points'],
      ['reserves 50 points', reserve(50), '0 points, 50 reserved'],
      ['buys for Rp 50 with it', useCode([{ price: 50 }], [50]), '0 points'],
      ['gives the first order back', giveBack(1, { 1: 1 }), '0 points, 50 owed'],
      ['buys for Rp 300,000', buy([{ price: 300_000 }]), '0 points, 20 owed'],
      ['buys for Rp 300,000 again', buy([{ price: 300_000 }]), '10 points'],
    ],
  },
  {
    title: 'The same where the shop writes it off',
    policy: WRITE_OFF,
    steps: [
      ['buys for Rp 500,000', buy([{ price: 500_000 }]), '50 points'],
      ['reserves 50 points', reserve(50), '0 points, 50 reserved'],
      ['buys for Rp 50 with it', useCode([{ price: 50 }], [50]), '0 points'],
      ['gives the first order back', giveBack(1, { 1: 1 }), '0 points'],
      ['buys for Rp 300,000', buy([{ price: 300_000 }]), '30 points'],
    ],
  },
  {
    title: 'Points of other orders are spared where the shop says so',
    policy: OWN_LOTS_ONLY,
    steps: [
      ['buys for Rp 100,000', buy([{ price: 100_000 }]), '10 points'],
      ['reserves 10 points', reserve(10), '0 points, 10 reserved'],
      ['buys for Rp 10 with it', useCode([{ price: 10 }], [10]), '0 points'],
      ['buys for Rp 500,000', buy([{ price: 500_000 }]), '50 points'],
      [
        'gives the first order back: the 10 are owed, and no order pays but a later one',
        giveBack(1, { 1: 1 }),
        '40 points, 10 owed',
      ],
      ['buys for Rp 100,000: it pays the debt', buy([{ price: 100_000 }]), '50 points'],
    ],
  },
  {
    title: 'Points that are pending cannot be spent',
    rules: expiring(365, 14),
    steps: [
      ['buys for Rp 100,000; pending 14 days', buy([{ price: 100_000 }]), '0 points, 10 pending'],
      ['tries to reserve 10', reserve(10), '0 points, 10 pending'],
      ['14 days later', wait(14), '10 points'],
    ],
  },
  {
    title: 'The oldest points are spent first, and the rest ends on its own day',
    rules: expiring(30),
    steps: [
      ['buys for Rp 100,000; points live 30 days', buy([{ price: 100_000 }]), '10 points'],
      [
        '20 days later buys for Rp 200,000',
        (world) => {
          wait(20)(world);
          buy([{ price: 200_000 }])(world);
        },
        '30 points',
      ],
      [
        'reserves 5 points and buys for Rp 5 with them',
        (world) => {
          reserve(5)(world);
          useCode([{ price: 5 }], [5])(world);
        },
        '25 points',
      ],
      ['11 days later the 5 left of the first order have ended', wait(11), '20 points'],
      ['20 days later all is over', wait(20), '0 points'],
    ],
  },
  {
    title: 'A refund after the points have expired takes nothing more',
    rules: expiring(10),
    steps: [
      ['buys for Rp 100,000; points live 10 days', buy([{ price: 100_000 }]), '10 points'],
      ['11 days later they have ended', wait(11), '0 points'],
      ['gives the order back: nothing is owed', giveBack(1, { 1: 1 }), '0 points'],
    ],
  },
  {
    title: 'An order that changes hands takes its points along',
    steps: [
      ['buys for Rp 100,000', buy([{ price: 100_000 }]), '10 points'],
      ['the merchant puts another customer on the order', change(1, { customer: 2 }), '0 points'],
    ],
  },
];

/** Random histories of a club, held against a model that counts tokens one by one (docs/ledger.md, "What must always hold"). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_FACTS } from '#app/modules/orders/rules/kept-facts.ts';
import type { TakeBackPolicy } from '#app/modules/shops/rules/club-settings.ts';
import type { Unit } from '#app/lib/units.ts';
import { LedgerWorld } from '#test/support/ledger-world.ts';
import { spread } from '#test/support/order-lines.ts';
import type { RefundSpec } from '#test/support/orders.ts';
import { clubRules, offer, productRule, program, programOf } from '#test/support/rules.ts';

/** Counted from the latest: what just happened is what is refunded, used and changed. */
const back = fc.nat({ max: 5 });
const customer = fc.constantFrom(1, 2);
const unit = fc.constantFrom<Unit>('POINTS', 'CREDIT');
const line = fc.record({
  price: fc.integer({ min: 1, max: 20 }),
  quantity: fc.integer({ min: 1, max: 3 }),
  product: fc.constantFrom(1, 2),
});
const orderMove = fc.record({
  kind: fc.constant('order'),
  customer,
  lines: fc.array(line, { minLength: 1, maxLength: 2, size: 'max' }),
  isPaid: fc.constantFrom(true, true, true, false),
  redemption: fc.option(back, { freq: 4 }),
  take: fc.integer({ min: 1, max: 60 }),
});
const refundMove = fc.record({
  kind: fc.constant('refund'),
  order: back,
  line: fc.constantFrom(1, 2),
  pieces: fc.integer({ min: 0, max: 3 }),
  extra: fc.integer({ min: 0, max: 10 }),
});
const editMove = fc.record({
  kind: fc.constant('edit'),
  order: back,
  price: fc.integer({ min: 0, max: 30 }),
  quantity: fc.integer({ min: 1, max: 6 }),
});
const reserveMove = fc.record({
  kind: fc.constant('reserve'),
  customer,
  unit,
  units: fc.integer({ min: 1, max: 60 }),
});
/** Mostly some days: past pending periods and expiries; now and then past the end of a year. */
const waitMove = fc.record({
  kind: fc.constant('wait'),
  days: fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 1, max: 9 }) },
    { weight: 1, arbitrary: fc.constantFrom(40, 365) },
  ),
});
const move = fc.oneof(
  { weight: 12, arbitrary: orderMove },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pay'), order: back }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel'), order: back }) },
  { weight: 8, arbitrary: refundMove },
  { weight: 4, arbitrary: editMove },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('hand over'), order: back, customer: fc.option(customer) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop code'), order: back }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('again'), order: back }) },
  { weight: 10, arbitrary: reserveMove },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release'), redemption: back }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('expire') }) },
  { weight: 3, arbitrary: waitMove },
);
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

const days = fc.record({
  pendingDays: fc.constantFrom(0, 0, 3),
  lifetimeDays: fc.option(fc.integer({ min: 0, max: 20 }), { freq: 4 }),
});
const club = fc.record({
  points: days,
  credit: days,
  /** What else gives: products, offers that change with the amount, a tier. */
  hasProducts: fc.boolean(),
  offers: fc.array(
    fc.record({
      groupId: fc.constantFrom(1n, 2n),
      unit,
      minimumMinor: fc.integer({ min: 0, max: 6_000 }).map(BigInt),
      percentBp: fc.integer({ min: 100, max: 2_000 }),
      fromDays: fc.constantFrom(0, 2),
      untilDays: fc.option(fc.integer({ min: 2, max: 20 })),
    }),
    { maxLength: 3, size: 'max' },
  ),
  multiplierPercent: fc.constantFrom(100, 125, 150),
  policy: fc.record({
    shortfall: fc.constantFrom<TakeBackPolicy['shortfall']>('debt', 'write_off'),
    fromAllLots: fc.boolean(),
  }),
});

function newWorld({
  points,
  credit,
  policy,
  hasProducts,
  offers,
  multiplierPercent,
}: typeof club extends fc.Arbitrary<infer T> ? T : never): LedgerWorld {
  const programs = [
    program({ rule: { ...points, stepMinor: 100n, units: 1n } }),
    program({ id: 2n, unit: 'CREDIT', rule: { ...credit, stepMinor: 300n, units: 2n } }),
    // A second one in points: one order then has two lots in one account.
    program({ id: 3n, rule: { ...credit, stepMinor: 700n, units: 3n } }),
  ];
  if (hasProducts)
    programs.push(
      programOf(
        productRule(
          [
            { productId: 1n, quantity: 2, units: 5n },
            { productId: 2n, units: 3n },
          ],
          points,
        ),
        {
          id: 4n,
        },
      ),
    );
  const rules = clubRules(programs, {
    offers: offers.map((each, index) => offer({ ...each, offerId: BigInt(index + 1) })),
  });
  const tier = { tierId: 1n, name: 'Gold', multiplierPercent };
  return new LedgerWorld(rules, policy, { ...NO_FACTS, tier });
}

const fromBack = <T>(list: readonly T[], index: number): T | undefined =>
  list.at(-1 - (index % Math.max(1, list.length)));

function play(world: LedgerWorld, step: Move): void {
  const order = 'order' in step ? fromBack(world.orders, step.order) : undefined;
  const redemptionAt = (index: number) => fromBack(world.redemptions, index);
  if ('lines' in step) {
    const code = step.redemption === null ? undefined : redemptionAt(step.redemption)?.facts;
    const take = code
      ? Math.min(
          step.take,
          Number(code.units),
          step.lines.reduce((sum, each) => sum + each.price * each.quantity, 0),
        )
      : 0;
    world.place({
      id: world.orders.length + 1,
      customer: step.customer,
      lines: step.lines,
      financial: step.isPaid ? 'paid' : 'pending',
      ...(code ? { discounts: [{ code: code.code.toLowerCase(), takes: spread(take, step.lines) }] } : {}),
    });
  } else if ('units' in step) reserve(world, step);
  else if ('days' in step) world.wait(step.days);
  else if ('redemption' in step) {
    const redemption = redemptionAt(step.redemption);
    if (redemption) world.release(redemption);
  } else if (!('order' in step)) world.expire();
  else if (order) {
    change(order.spec, step);
    world.repost(order);
  }
}

/** What is available, or some of it; now and then more than there is, which the ledger must refuse. */
function reserve(world: LedgerWorld, step: { customer: number; unit: Unit; units: number }): void {
  const there = world.model(BigInt(step.customer), step.unit).available(world.now.getTime());
  world.reserve(
    BigInt(step.customer),
    step.unit,
    step.units > 50 ? there + 1 : Math.max(1, Math.min(step.units, there)),
  );
}

function change(spec: LedgerWorld['orders'][number]['spec'], step: Extract<Move, { order: number }>): void {
  if (step.kind === 'pay' && spec.financial === 'pending') spec.financial = 'paid';
  else if (step.kind === 'cancel') spec.cancelledAt = '2026-03-01T00:00:00Z';
  else if (step.kind === 'drop code') spec.discounts = [];
  else if ('price' in step)
    spec.lines = spec.lines.map((each, index) =>
      index === 0 ? { ...each, price: step.price, quantity: step.quantity } : each,
    );
  else if ('pieces' in step && spec.financial !== 'pending') {
    const refund: RefundSpec = {
      id: Number(spec.id) * 100 + spec.refunds.length,
      order: spec.id,
      lines: { [step.line]: step.pieces },
      extra: step.extra,
    };
    spec.refunds.push(refund);
  } else if ('customer' in step) spec.customer = step.customer;
}

/** Plays random histories, proves each after every step, and answers what happened in them. */
function playAll(moves: fc.Arbitrary<Move>, numRuns: number): Map<string, number> {
  const seen = new Map<string, number>();
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  const histories = fc.noBias(fc.array(moves, { minLength: 20, maxLength: 50, size: 'max' }));
  fc.assert(
    fc.property(fc.noBias(club), histories, (rules, steps) => {
      const world = newWorld(rules);
      for (const step of steps) {
        play(world, step);
        expect(world.broken()).toEqual([]);
      }
      expect(world.unposted()).toEqual([]);
      for (const { kind, amount } of world.ledger.entries)
        count(`${kind} ${amount > 0n ? 'gives' : 'takes'}`);
      for (const debt of world.ledger.debts.values())
        count(debt.remaining < debt.amount ? 'debt paid' : 'debt open');
    }),
    { numRuns, seed: Number(process.env.SEED ?? Date.now()) },
  );
  return seen;
}

/** A test of any history is worth what happens in it. */
function expectHappened(seen: Map<string, number>, kinds: readonly string[]): void {
  expect(kinds.filter((kind) => !seen.has(kind))).toEqual([]);
}

describe('any history keeps every invariant after every step and agrees with the model', () => {
  test('of a whole club', () => {
    expectHappened(playAll(move, 120), [
      'order_spend gives',
      'order_product gives',
      'offer gives',
      'tier_bonus gives',
      'refund_reversal takes',
      'cancel_reversal takes',
      'redeem takes',
      'restore gives',
      'expire takes',
      'expire gives',
      'debt paid',
    ]);
  });

  test('of codes on orders that are refunded and edited all the time', () => {
    const busy = fc.oneof(
      { weight: 4, arbitrary: orderMove },
      { weight: 4, arbitrary: reserveMove },
      { weight: 6, arbitrary: refundMove },
      { weight: 6, arbitrary: editMove },
      { weight: 1, arbitrary: waitMove },
    );
    expectHappened(playAll(busy, 160), [
      'redeem takes',
      'restore gives',
      'restore takes',
      'write_off gives',
      'debt paid',
      'debt open',
    ]);
  });
});

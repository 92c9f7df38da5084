/** The same events in whatever order, however often and however cut, end the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TakeBackPolicy } from '#app/modules/shops/rules/club-settings.ts';
import { LedgerWorld } from '#test/support/ledger-world.ts';
import { spread } from '#test/support/order-lines.ts';
import { clubRules, program } from '#test/support/rules.ts';

const policies = fc.record({
  shortfall: fc.constantFrom<TakeBackPolicy['shortfall']>('debt', 'write_off'),
  fromAllLots: fc.boolean(),
});
const POINTS_AND_CREDIT = [
  program({ rule: { stepMinor: 100n, units: 1n } }),
  program({ id: 2n, unit: 'CREDIT', rule: { stepMinor: 300n, units: 2n } }),
];

describe('in whatever order', () => {
  test('a refund before an expiry and after it end the same', () => {
    const rules = clubRules([program({ rule: { stepMinor: 100n, units: 1n, lifetimeDays: 10 } })]);
    const pieces = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(
        policies,
        fc.integer({ min: 1, max: 9 }),
        pieces,
        fc.array(pieces, { maxLength: 3 }),
        fc.nat({ max: 50 }),
        (policy, price, quantity, refunds, spent) => {
          const end = (isRefundFirst: boolean) => {
            const world = new LedgerWorld(rules, policy);
            world.place({ id: 1, customer: 1, lines: [{ price, quantity }] });
            const used = Math.min(spent, price * quantity);
            if (used > 0 && world.reserve(1n, 'POINTS', used)) {
              world.place({
                id: 2,
                customer: 1,
                lines: [{ price: used }],
                discounts: [{ code: 'SETIA-R0', takes: [used] }],
              });
            }
            const refund = () =>
              refunds.forEach((lines, index) => {
                world.orders[0]!.spec.refunds.push({ id: index, order: 1, lines: { 1: lines } });
                world.repost(world.orders[0]!);
              });
            if (isRefundFirst) refund();
            world.wait(12);
            world.expire();
            if (!isRefundFirst) refund();
            expect(world.broken()).toEqual([]);
            return world.balances();
          };
          expect(end(false)).toEqual(end(true));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('partial refunds add up exactly, however they are cut', () => {
    const lines = fc.array(
      fc.record({ price: fc.integer({ min: 1, max: 20 }), quantity: fc.integer({ min: 1, max: 4 }) }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(
        policies,
        lines,
        fc.integer({ min: 1, max: 100 }),
        fc.infiniteStream(fc.nat({ max: 99 })),
        (policy, bought, units, chance) => {
          const world = new LedgerWorld(clubRules(POINTS_AND_CREDIT), policy);
          world.place({ id: 1, customer: 1, lines: [{ price: 100 }] });
          const before = world.balances();
          world.reserve(1n, 'POINTS', units);
          const gross = bought.reduce((sum, each) => sum + each.price * each.quantity, 0);
          world.place({
            id: 2,
            customer: 1,
            lines: bought,
            discounts: [{ code: 'SETIA-R0', takes: spread(Math.min(units, gross), bought) }],
          });
          const toRefund = bought.flatMap(({ quantity }, index) =>
            Array.from({ length: quantity }, () => index + 1),
          );
          for (let id = 0; toRefund.length > 0; id++) {
            const [number] = toRefund.splice(chance.next().value % toRefund.length, 1);
            world.orders[1]!.spec.refunds.push({ id, order: 2, lines: { [number!]: 1 } });
            world.repost(world.orders[1]!);
            expect(world.broken()).toEqual([]);
          }
          // Everything went back: what was earned is gone, what was spent is there again.
          expect(world.balances()).toEqual(before);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('the same events of orders shuffled and doubled give the same balances', () => {
    const shuffle = fc.infiniteStream(fc.nat({ max: 9_999 }));
    fc.assert(
      fc.property(
        fc.noBias(
          fc.array(
            fc.record({
              customer: fc.constantFrom(1, 2),
              price: fc.integer({ min: 1, max: 30 }),
              states: fc.array(fc.constantFrom('paid', 'refund', 'edit', 'cancel'), { maxLength: 3 }),
            }),
            { minLength: 1, maxLength: 6 },
          ),
        ),
        shuffle,
        (orders, chance) => {
          const versions = orders.flatMap(({ customer: who, price, states }, index) => {
            let spec: LedgerWorld['orders'][number]['spec'] = {
              id: index + 1,
              customer: who,
              lines: [{ price, quantity: 2 }],
              financial: 'pending',
              refunds: [],
            };
            return states.map((state, version) => {
              spec = structuredClone(spec);
              if (state === 'cancel') spec.cancelledAt = '2026-03-01T00:00:00Z';
              else if (state === 'edit') spec.lines = [{ price: price + version, quantity: 2 }];
              else spec.financial = 'paid';
              if (state === 'refund')
                spec.refunds.push({ id: index * 10 + version, order: index + 1, lines: { 1: 1 } });
              return { version, spec };
            });
          });
          const deliver = (events: typeof versions) => {
            const world = new LedgerWorld(clubRules(POINTS_AND_CREDIT), {
              shortfall: 'debt',
              fromAllLots: true,
            });
            const newest = new Map<string | number, number>();
            for (const { version, spec } of events) {
              if (version < (newest.get(spec.id) ?? 0)) continue;
              newest.set(spec.id, version);
              const known = world.orders.find((order) => order.spec.id === spec.id);
              if (known) Object.assign(known, { spec: structuredClone(spec) });
              if (known) world.repost(known);
              else {
                world.place(structuredClone(spec));
                Object.assign(world.orders.at(-1)!, { spec: structuredClone(spec) });
                world.repost(world.orders.at(-1)!);
              }
            }
            expect(world.broken()).toEqual([]);
            return world.balances();
          };
          const shuffled = [...versions, ...versions]
            .map((event) => ({ event, key: chance.next().value }))
            .sort((a, b) => a.key - b.key)
            .map(({ event }) => event);
          expect(deliver(shuffled)).toEqual(deliver(versions));
        },
      ),
      { numRuns: 100 },
    );
  });
});

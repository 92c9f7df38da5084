import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chosenTier,
  evaluateTier,
  keptUntil,
  nextTier,
  periodEnd,
  periodStart,
  tierFor,
  type TierRule,
  type TierStanding,
} from '#app/modules/membership/rules/tier.ts';

const TIERS = [
  { tierId: 1n, threshold: 0n },
  { tierId: 2n, threshold: 100n },
  { tierId: 3n, threshold: 500n },
  { tierId: 4n, threshold: 1_000n },
];
const RULE: TierRule = {
  measure: 'spend',
  period: 'rolling',
  periodDays: 365,
  keep: 'none',
  keepDays: 0,
  timeZone: 'Asia/Jakarta',
};
const NOW = new Date('2026-11-21T03:00:00Z');
const NEW: TierStanding = { tierId: null, keptUntil: null, isFixed: false };
const inTier = (tierId: bigint, change: Partial<TierStanding> = {}) => ({ ...NEW, tierId, ...change });
const evaluate = (standing: TierStanding, measured: bigint, rule: Partial<TierRule> = {}, now = NOW) =>
  evaluateTier({ standing, measured, tiers: TIERS, rule: { ...RULE, ...rule }, now });
const iso = (timestamp: Date | null) => timestamp?.toISOString() ?? null;

describe('periods begin and end at midnights of the shop', () => {
  it.each([
    // In Jakarta it is already the next year.
    [
      'calendar',
      '2026-12-31T17:00:00Z',
      'Asia/Jakarta',
      '2026-12-31T17:00:00.000Z',
      '2027-12-31T17:00:00.000Z',
    ],
    [
      'calendar',
      '2026-12-31T16:59:59Z',
      'Asia/Jakarta',
      '2025-12-31T17:00:00.000Z',
      '2026-12-31T17:00:00.000Z',
    ],
    [
      'calendar',
      '2027-01-01T04:59:59Z',
      'America/New_York',
      '2026-01-01T05:00:00.000Z',
      '2027-01-01T05:00:00.000Z',
    ],
    [
      'rolling',
      '2026-11-21T03:00:00Z',
      'Asia/Jakarta',
      '2025-11-21T17:00:00.000Z',
      '2027-11-21T17:00:00.000Z',
    ],
    // Over a change of clocks: still a midnight.
    [
      'rolling',
      '2026-03-08T12:00:00Z',
      'America/New_York',
      '2025-03-09T05:00:00.000Z',
      '2027-03-09T05:00:00.000Z',
    ],
  ] as const)('%s at %s in %s', (period, now, timeZone, start, end) => {
    const rule: TierRule = { ...RULE, period, timeZone };
    expect(iso(periodStart(rule, new Date(now)))).toBe(start);
    expect(iso(periodEnd(rule, new Date(now)))).toBe(end);
  });

  it('one day is today', () => {
    expect(iso(periodStart({ ...RULE, periodDays: 1 }, NOW))).toBe('2026-11-20T17:00:00.000Z');
  });

  it('contain the moment they are asked for', () => {
    const moments = fc.date({
      min: new Date('2000-01-02'),
      max: new Date('2090-01-01'),
      noInvalidDate: true,
    });
    const zones = fc.constantFrom(
      'UTC',
      'Asia/Jakarta',
      'America/New_York',
      'Pacific/Kiritimati',
      'Asia/Tehran',
    );
    const rules = fc.record({
      period: fc.constantFrom('rolling', 'calendar'),
      periodDays: fc.integer({ min: 1, max: 3650 }),
      timeZone: zones,
    });
    fc.assert(
      fc.property(moments, rules, (now, change) => {
        const rule: TierRule = { ...RULE, ...change };
        expect(periodStart(rule, now) <= now && now < periodEnd(rule, now)).toBe(true);
      }),
    );
  });
});

describe('a tier', () => {
  it('is the highest whose threshold is reached, in whatever order they are given', () => {
    const shuffled = [...TIERS].reverse();
    expect(
      [0n, 99n, 100n, 499n, 500n, 5_000n].map((measured) => tierFor(measured, shuffled)?.tierId),
    ).toEqual([1n, 1n, 2n, 2n, 3n, 4n]);
    expect(tierFor(5n, TIERS.slice(1))).toBeNull();
  });

  it('comes at once when it is reached, and goes at once without a keep rule', () => {
    expect(evaluate(NEW, 500n)).toEqual({ ...inTier(3n), reason: 'reached' });
    expect(evaluate(inTier(3n), 500n)).toEqual({ ...inTier(3n), reason: null });
    expect(evaluate(inTier(3n), 499n)).toEqual({ ...inTier(2n), reason: 'no_longer_reached' });
  });

  it('is kept for days from the evaluation that misses it first, to the end of the last day', () => {
    const rule = { keep: 'days', keepDays: 30 } as const;
    const kept = evaluate(inTier(3n), 10n, rule);
    expect({ ...kept, keptUntil: iso(kept.keptUntil) }).toEqual({
      ...inTier(3n),
      keptUntil: '2026-12-21T17:00:00.000Z',
      reason: null,
    });
    const later = (timestamp: string) => evaluate(kept, 10n, rule, new Date(timestamp));
    expect(later('2026-12-21T16:59:59Z').tierId).toBe(3n);
    expect(later('2026-12-21T17:00:00Z')).toEqual({ ...inTier(1n), reason: 'no_longer_reached' });
  });

  it('is kept until the end of the year in which it is missed', () => {
    const rule = { period: 'calendar', keep: 'period' } as const;
    // The new year begins with nothing measured: what was reached last year is kept for all of this one.
    const kept = evaluate(inTier(4n), 0n, rule, new Date('2026-12-31T17:30:00Z'));
    expect(iso(kept.keptUntil)).toBe('2027-12-31T17:00:00.000Z');
    // Reached again: the next year begins the same way.
    const again = evaluate(kept, 1_000n, rule, new Date('2027-06-01T00:00:00Z'));
    expect(again).toEqual({ ...inTier(4n), reason: null });
    const next = evaluate(again, 0n, rule, new Date('2027-12-31T17:30:00Z'));
    expect(iso(next.keptUntil)).toBe('2028-12-31T17:00:00.000Z');
  });

  it('that was removed counts as below all others', () => {
    expect(evaluate(inTier(99n), 100n)).toEqual({ ...inTier(2n), reason: 'reached' });
    expect(evaluateTier({ standing: inTier(99n), measured: 5n, tiers: [], rule: RULE, now: NOW })).toEqual({
      ...NEW,
      reason: 'no_longer_reached',
    });
  });

  it('set by staff above what is reached stays as long as the keep rule says, or to the end of the period', () => {
    const choose = (keep: Partial<TierRule>) =>
      chosenTier({ tierId: 4n, measured: 0n, tiers: TIERS, rule: { ...RULE, ...keep }, now: NOW });
    expect(iso(choose({ keep: 'days', keepDays: 7 }).keptUntil)).toBe('2026-11-28T17:00:00.000Z');
    expect(iso(choose({}).keptUntil)).toBe('2027-11-21T17:00:00.000Z');
    expect(iso(choose({ period: 'calendar' }).keptUntil)).toBe('2026-12-31T17:00:00.000Z');
    const chosen = choose({ period: 'calendar' });
    expect(evaluate(chosen, 0n).tierId).toBe(4n);
    expect(evaluate(chosen, 0n, {}, new Date('2026-12-31T17:00:00Z'))).toEqual({
      ...inTier(1n),
      reason: 'no_longer_reached',
    });
  });

  it('set by staff below what is reached is not raised meanwhile', () => {
    const low = chosenTier({
      tierId: 2n,
      measured: 700n,
      tiers: TIERS,
      rule: { ...RULE, period: 'calendar' },
      now: NOW,
    });
    expect(low.isFixed).toBe(true);
    expect(evaluate(low, 5_000n)).toEqual({ ...low, reason: null });
    expect(evaluate(low, 5_000n, {}, new Date('2027-01-01T00:00:00Z'))).toEqual({
      ...inTier(4n),
      reason: 'reached',
    });
  });

  it('set by staff that is reached anyway is an ordinary one', () => {
    expect(chosenTier({ tierId: 3n, measured: 500n, tiers: TIERS, rule: RULE, now: NOW })).toEqual(
      inTier(3n),
    );
  });

  it('says how far it is to the next', () => {
    expect(nextTier(inTier(2n), 120n, TIERS)).toEqual({ tier: TIERS[2], missing: 380n });
    // Kept although nothing is measured: the next one is the one above what is held.
    expect(nextTier(inTier(3n), 0n, TIERS)).toEqual({ tier: TIERS[3], missing: 1_000n });
    expect(nextTier(NEW, 0n, TIERS.slice(1))).toEqual({ tier: TIERS[1], missing: 100n });
    expect(nextTier(inTier(1n, { isFixed: true }), 700n, TIERS)).toEqual({ tier: TIERS[1], missing: 0n });
    expect(nextTier(inTier(4n), 0n, TIERS)).toBeNull();
  });
});

describe('for any shop, standing and amount', () => {
  const rules = fc.record({
    period: fc.constantFrom('rolling' as const, 'calendar' as const),
    periodDays: fc.integer({ min: 1, max: 800 }),
    keep: fc.constantFrom('none' as const, 'days' as const, 'period' as const),
    keepDays: fc.integer({ min: 1, max: 400 }),
    timeZone: fc.constantFrom('UTC', 'Asia/Jakarta', 'America/New_York'),
  });
  const ladders = fc
    .uniqueArray(fc.bigInt(0n, 2_000n), { minLength: 0, maxLength: 6 })
    .map((thresholds) => thresholds.map((threshold, index) => ({ tierId: BigInt(index + 1), threshold })));
  const nows = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  const standings = fc.record({
    tierId: fc.option(fc.bigInt(1n, 7n)),
    keptUntil: fc.option(nows),
    isFixed: fc.boolean(),
  });
  const amounts = fc.bigInt(0n, 3_000n);
  const thresholdOf = (tiers: { tierId: bigint; threshold: bigint }[], tierId: bigint | null) =>
    tiers.find((tier) => tier.tierId === tierId)?.threshold ?? -1n;

  it('more never gives a lower tier', () => {
    fc.assert(
      fc.property(rules, ladders, standings, nows, amounts, amounts, (change, tiers, standing, now, a, b) => {
        const rule: TierRule = { ...RULE, ...change };
        const [less, more] = a < b ? [a, b] : [b, a];
        const after = (measured: bigint) => evaluateTier({ standing, measured, tiers, rule, now }).tierId;
        const known = tiers.some(({ tierId }) => tierId === standing.tierId) || !standing.isFixed;
        if (known) expect(thresholdOf(tiers, after(less)) <= thresholdOf(tiers, after(more))).toBe(true);
      }),
    );
  });

  it('a second evaluation at the same moment changes nothing', () => {
    fc.assert(
      fc.property(rules, ladders, standings, nows, amounts, (change, tiers, standing, now, measured) => {
        const rule: TierRule = { ...RULE, ...change };
        const first = evaluateTier({ standing, measured, tiers, rule, now });
        const { reason: _reason, ...settled } = first;
        const second = evaluateTier({ standing: settled, measured, tiers, rule, now });
        expect(second).toEqual({ ...settled, reason: null });
      }),
    );
  });

  it('nobody is below what they reach unless staff put them there, nor above it longer than the keep rule', () => {
    fc.assert(
      fc.property(rules, ladders, standings, nows, amounts, (change, tiers, standing, now, measured) => {
        const rule: TierRule = { ...RULE, ...change };
        const after = evaluateTier({ standing, measured, tiers, rule, now });
        const reached = tierFor(measured, tiers)?.threshold ?? -1n;
        const held = thresholdOf(tiers, after.tierId);
        if (!after.isFixed) expect(held >= reached).toBe(true);
        if (held > reached) {
          expect(after.keptUntil !== null && after.keptUntil > now).toBe(true);
          const own = keptUntil(rule, now);
          expect([own?.getTime(), standing.keptUntil?.getTime()]).toContain(after.keptUntil?.getTime());
        }
      }),
    );
  });
});

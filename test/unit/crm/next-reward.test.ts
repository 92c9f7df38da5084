/** Which reward a customer can have now, and which comes next: held for any rewards and balances. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextReward } from '#app/modules/crm/profile/rules/next-reward.ts';
import { UNITS } from '#app/lib/units.ts';

const reward = fc.record({ unit: fc.constantFrom(...UNITS), units: fc.bigInt(1n, 50n) });
const rewards = fc.array(reward, { maxLength: 8 });
const balance = fc.bigInt(0n, 60n);

test('the affordable one is paid for, and no other that is paid for costs more', () => {
  fc.assert(
    fc.property(rewards, balance, balance, (offered, points, credit) => {
      const has = (unit: string) => (unit === 'POINTS' ? points : credit);
      const { affordable } = nextReward(offered, has);
      const payable = offered.filter(({ unit, units }) => units <= has(unit));
      expect(affordable === null).toBe(payable.length === 0);
      if (affordable === null) return;
      expect(payable).toContain(affordable);
      expect(payable.every(({ units }) => units <= affordable.units)).toBe(true);
    }),
  );
});

test('the next one is out of reach by exactly what is missing, and none is closer', () => {
  fc.assert(
    fc.property(rewards, balance, balance, (offered, points, credit) => {
      const has = (unit: string) => (unit === 'POINTS' ? points : credit);
      const { next } = nextReward(offered, has);
      const missing = offered.map(({ unit, units }) => units - has(unit)).filter((left) => left > 0n);
      expect(next === null).toBe(missing.length === 0);
      if (next === null) return;
      expect(next.reward.units - has(next.reward.unit)).toBe(next.missing);
      expect(missing.every((left) => left >= next.missing)).toBe(true);
    }),
  );
});

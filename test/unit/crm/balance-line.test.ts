import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanceLine, lineDays, type BalancePoint } from '#app/modules/crm/profile/rules/balance-line.ts';
import { addDays } from '#app/lib/calendar-days.ts';

const lineOf = (closings: BalancePoint[], today: string, pointsMax: number) =>
  balanceLine(lineDays(closings[0]?.day ?? '', today, pointsMax), closings);

test('the balance stays between movements and ends in what there is now', () => {
  const closings = [
    { day: '2026-01-01', balance: 10n },
    { day: '2026-01-03', balance: 4n },
  ];
  expect(lineOf(closings, '2026-01-05', 10).map(({ balance }) => balance)).toEqual([
    0n,
    10n,
    10n,
    4n,
    4n,
    4n,
  ]);
  expect(lineOf(closings, '2026-01-05', 3)).toEqual([
    { day: '2025-12-31', balance: 0n },
    { day: '2026-01-02', balance: 10n },
    { day: '2026-01-05', balance: 4n },
  ]);
  expect(lineOf(closings.slice(0, 1), '2026-01-01', 3).map(({ balance }) => balance)).toEqual([0n, 10n]);
  expect(balanceLine(['2026-01-05'], [])).toEqual([{ day: '2026-01-05', balance: 0n }]);
});

test('any line is short, in order, begins with nothing and ends today with the last balance', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 2, max: 60 }), fc.nat(400), (days, pointsMax, after) => {
      let day = '2024-02-28';
      const closings = days.map((gap, index) => ({ day: (day = addDays(day, gap)), balance: BigInt(index) }));
      const today = addDays(day, after);
      const line = lineOf(closings, today, pointsMax);
      expect(line.length).toBeLessThanOrEqual(pointsMax);
      expect(line[0]).toEqual({ day: addDays(closings[0]?.day ?? '', -1), balance: 0n });
      expect(line.at(-1)).toEqual({ day: today, balance: closings.at(-1)?.balance });
      expect(line).toEqual(line.toSorted((a, b) => a.day.localeCompare(b.day)));
      for (const point of line.slice(1))
        expect(point.balance).toBe(closings.findLast((closing) => closing.day <= point.day)?.balance);
    }),
  );
});

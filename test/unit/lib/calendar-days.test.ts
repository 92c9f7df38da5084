import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysLater, endOfDayAfter, localDay, startOfDay } from '#app/lib/calendar-days.ts';

/** Half-hour offsets, clocks that go forward over midnight (Havana, Cairo, old São Paulo and Tehran), and none at all. */
const ZONES = [
  'Asia/Jakarta',
  'Asia/Tehran',
  'America/New_York',
  'Asia/Bangkok',
  'America/Havana',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Marquesas',
  'UTC',
];
const zone = fc.constantFrom(...ZONES);
const timestamp = fc.date({
  min: new Date('2015-01-01T00:00:00Z'),
  max: new Date('2040-01-01T00:00:00Z'),
  noInvalidDate: true,
});

describe('days of a time zone', () => {
  test('a day starts at its first instant', () => {
    fc.assert(
      fc.property(timestamp, zone, (at, timeZone) => {
        const day = localDay(at, timeZone);
        const start = startOfDay(day, timeZone);
        expect(start.getTime()).toBeLessThanOrEqual(at.getTime());
        expect(localDay(start, timeZone)).toBe(day);
        expect(localDay(new Date(start.getTime() - 1), timeZone)).toBe(addDays(day, -1));
      }),
      { numRuns: 3_000 },
    );
  });

  test('every day of three years, those on which clocks change included', () => {
    for (const timeZone of [...ZONES, 'Australia/Sydney', 'Asia/Beirut', 'America/Santiago']) {
      for (let day = '2025-01-01'; day < '2028-01-01'; day = addDays(day, 1)) {
        const start = startOfDay(day, timeZone);
        const days = [localDay(new Date(start.getTime() - 1), timeZone), localDay(start, timeZone)];
        if (days[0] !== addDays(day, -1) || days[1] !== day)
          expect.fail(`${timeZone} ${day} starts at ${start.toISOString()}, between ${days.join(' and ')}`);
      }
    }
  });

  test('what ends "N days after" can be used until the last instant of that day, and not at the next', () => {
    fc.assert(
      fc.property(timestamp, zone, fc.integer({ min: 0, max: 800 }), (at, timeZone, days) => {
        const end = endOfDayAfter(at, days, timeZone);
        const lastDay = addDays(localDay(at, timeZone), days);
        expect(localDay(new Date(end.getTime() - 1), timeZone)).toBe(lastDay);
        expect(localDay(end, timeZone)).toBe(addDays(lastDay, 1));
        expect(end > at).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    // Clocks in New York go forward on 8 March 2026 at 2:00 and back on 1 November 2026 at 2:00.
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z'],
    ['America/New_York', '2026-03-09', '2026-03-09T04:00:00Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00Z'],
    ['America/New_York', '2026-11-02', '2026-11-02T05:00:00Z'],
    ['Asia/Jakarta', '2026-11-21', '2026-11-20T17:00:00Z'],
    ['Asia/Bangkok', '2028-02-29', '2028-02-28T17:00:00Z'],
    // Tehran's clock went from 24:00 on 21 March 2022 straight to 1:00: midnight of the 22nd does not exist.
    ['Asia/Tehran', '2022-03-22', '2022-03-21T20:30:00Z'],
    // Since then it stays at +03:30.
    ['Asia/Tehran', '2026-03-22', '2026-03-21T20:30:00Z'],
    // Havana's clock goes back from 1:00 to 0:00: there are two midnights, the first one counts.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z'],
  ])('%s: %s starts at %s', (timeZone, day, start) => {
    expect(startOfDay(day, timeZone).toISOString()).toBe(new Date(start).toISOString());
  });

  test('29 February: counted where there is one, skipped where there is none', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
    expect(endOfDayAfter(new Date('2028-02-28T10:00:00Z'), 1, 'Asia/Jakarta').toISOString()).toBe(
      '2028-02-29T17:00:00.000Z',
    );
    expect(endOfDayAfter(new Date('2028-02-29T10:00:00Z'), 365, 'Asia/Jakarta').toISOString()).toBe(
      '2029-02-28T17:00:00.000Z',
    );
  });

  test('days of pending time are 24 hours each, across clock changes too', () => {
    expect(daysLater(new Date('2026-03-07T12:00:00Z'), 2).toISOString()).toBe('2026-03-09T12:00:00.000Z');
  });

  test('names an unknown zone', () => {
    expect(() => localDay(new Date(0), 'Mars/Olympus')).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDay } from '#app/lib/calendar-days.ts';

/** Casey and old Goose Bay change at a minute past the hour, Monrovia had seconds until 1972. */
const ZONES = [
  'Antarctica/Casey',
  'America/Goose_Bay',
  'Africa/Monrovia',
  'Asia/Kathmandu',
  'America/New_York',
];

test('the day is what Intl returns for that instant', () => {
  const timestamp = fc.oneof(
    fc.date({ min: new Date('1970-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
    fc.integer({ min: -120_000, max: 120_000 }).map((ms) => new Date(Date.UTC(2020, 9, 3, 16, 1) + ms)),
    fc.integer({ min: -120_000, max: 120_000 }).map((ms) => new Date(Date.UTC(1988, 3, 3, 4, 1) + ms)),
  );
  fc.assert(
    fc.property(timestamp, fc.constantFrom(...ZONES), (at, timeZone) => {
      // en-CA writes YYYY-MM-DD.
      expect(localDay(at, timeZone)).toBe(new Intl.DateTimeFormat('en-CA', { timeZone }).format(at));
    }),
    { numRuns: 2_000 },
  );
});

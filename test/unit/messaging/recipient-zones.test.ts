/** In which zones a recipient may be, and when their message may go. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideQuiet } from '#app/modules/messaging/delivery/rules/quiet-hours.ts';
import { narrowWindow, rulesOfCountry } from '#app/modules/messaging/limits/rules/countries.ts';
import {
  recipientZones,
  zonesOf,
  zonesOfCountry,
} from '#app/modules/messaging/limits/rules/recipient-zones.ts';
import { dueAt, instantOf, lastInstantOf, shareOf } from '#app/modules/messaging/limits/rules/send-time.ts';
import { AREA_ZONES, PROVINCE_ZONES } from '#app/modules/messaging/limits/rules/zone-tables.ts';

const us = (phone: string, provinceCode: string | null = null, addressCountry: string | null = 'US') =>
  recipientZones({ phone, country: 'US', addressCountry, provinceCode });

describe('zones', () => {
  test('are the province’s where the address is in the number’s country, else the area code’s, else unknown', () => {
    expect(us('+12125550123', 'CA')).toEqual(['America/Los_Angeles']);
    expect(us('+12125550123', 'CA', 'CA')).toEqual(['America/New_York']);
    expect(us('+12125550123')).toEqual(['America/New_York']);
    expect(us('+15005550006')).toBeNull();
    const id = { phone: '+628123456789', country: 'ID', addressCountry: 'ID' };
    expect(recipientZones({ ...id, provinceCode: 'BA' })).toEqual(['Asia/Makassar']);
    expect(recipientZones({ ...id, provinceCode: 'XX' })).toBeNull();
    expect(recipientZones({ ...id, addressCountry: 'SG', provinceCode: 'BA' })).toBeNull();
  });

  test('of a province or an area code that lies in two are both', () => {
    expect(us('+16055550123')).toEqual(['America/Chicago', 'America/Denver']);
    expect(us('+12125550123', 'TN')).toEqual(['America/New_York', 'America/Chicago']);
  });

  test('are all known to the platform, and no area code is listed twice', () => {
    const zones = [
      ...AREA_ZONES.values(),
      ...[...PROVINCE_ZONES.values()].flatMap((each) => [...each.values()]),
    ].flat();
    for (const zone of new Set(zones))
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
    expect(AREA_ZONES.size).toBe(396);
    expect(PROVINCE_ZONES.get('ID')!.size).toBe(38);
  });

  test('where none is known are all of the country’s', () => {
    expect(zonesOf({ country: 'ID', zones: null })).toEqual(zonesOfCountry('ID'));
    expect(zonesOfCountry('ID').length).toBeGreaterThanOrEqual(3);
    expect(zonesOf({ country: 'ID', zones: 'Asia/Jakarta,Asia/Makassar' })).toEqual([
      'Asia/Jakarta',
      'Asia/Makassar',
    ]);
  });
});

describe('a time by the recipient’s clock', () => {
  test('is the same on both nights of the clock change, in six zones', () => {
    const nights: [zone: string, wall: string, instant: string][] = [
      ['America/New_York', '2026-03-08T09:00', '2026-03-08T13:00:00.000Z'],
      ['America/New_York', '2026-11-01T09:00', '2026-11-01T14:00:00.000Z'],
      ['Europe/Berlin', '2026-03-29T09:00', '2026-03-29T07:00:00.000Z'],
      ['Europe/Berlin', '2026-10-25T09:00', '2026-10-25T08:00:00.000Z'],
      ['Australia/Sydney', '2026-04-05T09:00', '2026-04-04T23:00:00.000Z'],
      ['Australia/Sydney', '2026-10-04T09:00', '2026-10-03T22:00:00.000Z'],
      ['Australia/Lord_Howe', '2026-10-04T09:00', '2026-10-03T22:00:00.000Z'],
      ['America/Sao_Paulo', '2026-10-04T09:00', '2026-10-04T12:00:00.000Z'],
      ['Asia/Jakarta', '2026-03-29T09:00', '2026-03-29T02:00:00.000Z'],
    ];
    for (const [zone, wall, instant] of nights)
      expect(instantOf(wall, zone).toISOString(), `${zone} ${wall}`).toBe(instant);
    expect(lastInstantOf('2026-12-01T18:00', ['Asia/Jakarta', 'Asia/Jayapura'])).toEqual(
      instantOf('2026-12-01T18:00', 'Asia/Jakarta'),
    );
  });

  test('never falls into quiet hours, whatever the timing, the country and the day: then it is the next morning', () => {
    const timings = fc.oneof(
      fc.constant({ kind: 'now' as const }),
      fc.integer({ min: 1, max: 48 }).map((hours) => ({ kind: 'spread' as const, hours })),
      fc.integer({ min: 0, max: 23 }).map((hour) => ({
        kind: 'local' as const,
        sendAt: `2027-03-14T${String(hour).padStart(2, '0')}:30`,
      })),
    );
    const start = fc.date({ min: new Date('2027-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        timings,
        fc.constantFrom('ID', 'US', 'PH', 'AU', 'GB', 'BR'),
        start,
        fc.bigInt(1n, 1_000_000n),
        (timing, country, from, id) => {
          const group = { zones: zonesOfCountry(country), window: rulesOfCountry(country).window };
          const due = dueAt(timing, group, from, id);
          expect(due >= from).toBe(true);
          expect(decideQuiet({ ...group, kind: 'marketing', now: due })).toEqual({ decision: 'send' });
        },
      ),
      { numRuns: 150 },
    );
  });

  test('spread over hours is even and always the same for a message', () => {
    const shares = Array.from({ length: 1_000 }, (_, n) => shareOf(BigInt(n + 5_000)));
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...shares)).toBeLessThan(1);
    const tenths = Array.from(
      { length: 10 },
      (_, n) => shares.filter((share) => Math.floor(share * 10) === n).length,
    );
    for (const count of tenths) expect(count).toBeGreaterThan(80);
  });
});

test('a shop’s hours are within the country’s', () => {
  const law = { from: '08:00', to: '20:00' };
  expect(narrowWindow(law, { from: '10:00', to: '22:00' })).toEqual({ from: '10:00', to: '20:00' });
  expect(narrowWindow(law, { from: '06:00', to: '08:00' })).toBeNull();
});

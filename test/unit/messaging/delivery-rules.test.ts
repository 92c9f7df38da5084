/** States of a message, quiet hours, and texts with variables. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textFor, withStopLine } from '#app/modules/messaging/campaigns/rules/campaign-texts.ts';
import {
  checkText,
  fillText,
  hasCallback,
  hasLink,
  variablesOf,
} from '#app/modules/messaging/campaigns/rules/fill-text.ts';
import { rulesOfCountry } from '#app/modules/messaging/limits/rules/countries.ts';
import { zonesOfCountry } from '#app/modules/messaging/limits/rules/recipient-zones.ts';
import {
  afterMissing,
  applyReport,
  isBilled,
  type MessageProgress,
} from '#app/modules/messaging/delivery/rules/message-state.ts';
import { decideQuiet } from '#app/modules/messaging/delivery/rules/quiet-hours.ts';
import { messageCases } from '#test/support/message-cases.ts';

describe('quiet hours', () => {
  test.each(messageCases('quiet-hours'))('$name', ({ input, expected }) => {
    const decided = decideQuiet({
      ...input,
      now: new Date(input.now),
      validUntil: input.validUntil === undefined ? null : new Date(input.validUntil),
    });
    expect(decided).toEqual({
      ...expected,
      ...(expected.until === undefined ? {} : { until: new Date(expected.until) }),
    });
  });

  test('whatever the country and the moment, what is held may go when it is told to', () => {
    const countries = fc.constantFrom('ID', 'TH', 'US', 'PH', 'GB', 'AU', 'BR', 'NZ');
    const moments = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2028-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(countries, moments, (country, now) => {
        const input = {
          window: rulesOfCountry(country).window,
          zones: zonesOfCountry(country),
          kind: 'marketing' as const,
        };
        const decided = decideQuiet({ ...input, now });
        if (decided.decision !== 'hold') {
          expect(decided).toEqual({ decision: 'send' });
          return;
        }
        expect(decided.until > now).toBe(true);
        expect(decideQuiet({ ...input, now: decided.until })).toEqual({ decision: 'send' });
        expect(decideQuiet({ ...input, now: new Date(decided.until.getTime() - 60_000) }).decision).toBe(
          'hold',
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('reports', () => {
  const NEW: MessageProgress = { state: 'sending', rank: 0, errorCode: null };
  const run = (reports: { status: string; errorCode: number | null }[]) =>
    reports.reduce((known, report) => applyReport(known, report) ?? known, NEW);
  const report = (status: string, errorCode: number | null = null) => ({ status, errorCode });

  test('in any order and any number of times they come to the same end', () => {
    const all = [
      report('queued'),
      report('sending'),
      report('sent'),
      report('undelivered', 30_003),
      report('undelivered'),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }), (order) => {
        const end = run(order);
        expect(end).toEqual({ state: 'undelivered', rank: 60, errorCode: 30_003 });
        expect(isBilled(end.state)).toBe(true);
      }),
    );
  });

  test('a second end that says otherwise changes nothing, an unknown word neither, an error is never lost', () => {
    expect(run([report('delivered'), report('undelivered', 30_008)])).toMatchObject({
      state: 'delivered',
      errorCode: 30_008,
    });
    expect(run([report('sent'), report('teleported')])).toMatchObject({ state: 'sent' });
    expect(applyReport({ state: 'sent', rank: 40, errorCode: null }, report('sent'))).toBeNull();
  });

  test('what is found nowhere is looked for twice, sent again, and given up after three attempts', () => {
    expect(afterMissing({ lookups: 0, attempt: 0 })).toEqual({
      state: 'unknown',
      lookups: 1,
      attempt: 0,
      afterSeconds: 300,
    });
    expect(afterMissing({ lookups: 1, attempt: 0 })).toMatchObject({ state: 'queued', attempt: 1 });
    expect(afterMissing({ lookups: 1, attempt: 2 })).toMatchObject({ state: 'failed' });
  });
});

describe('texts', () => {
  const values = {
    first_name: 'Siti',
    points: '1.250',
    credit: 'Rp 5.000',
    expiring: '100',
    expiring_on: '',
    tier: '',
    club: 'Klub Toko',
    shop: 'Toko',
  };
  test('have their values, or the fallback', () => {
    expect(fillText('Halo {{first_name|kak}}, {{ points }} poin, {{tier|member}} {{shop}}!', values)).toBe(
      'Halo Siti, 1.250 poin, member Toko!',
    );
    expect(fillText('Halo {{first_name|kak}}', { ...values, first_name: ' ' })).toBe('Halo kak');
  });
  test('are refused with a variable that is not known, without a fallback, or with brackets left over', () => {
    expect(checkText('Halo {{nama}}')).toBe('unknown_variable');
    expect(checkText('Halo {{first_name}}')).toBe('needs_fallback');
    expect(checkText('Halo {{first_name|}}')).toBe('needs_fallback');
    expect(checkText('Halo {{first_name|kak}')).toBe('unknown_variable');
    expect(checkText('{{points}} {{shop}} {{tier|member}}')).toBeNull();
  });
  test('say how to stop, and whether they have a link', () => {
    const note = { language: 'en', country: 'US', link: null } as const;
    expect(withStopLine('Halo ', { ...note, language: 'id', country: 'ID' })).toBe(
      'Halo\nBalas STOP untuk berhenti',
    );
    expect(withStopLine('Hi', { ...note, link: 'https://a.example/u/1' })).toBe(
      'Hi\nOpt out: https://a.example/u/1',
    );
    expect(['https://x.y', 'see toko.com', 'www.a'].map(hasLink)).toEqual([true, true, true]);
    expect(['20% off. Today', 'Rp 50.000', 'Halo'].map(hasLink)).toEqual([false, false, false]);
  });
  test('say how to stop as the country asks for it: Canada in both languages, Malaysia with the price', () => {
    expect(withStopLine('Hi', { language: 'en', country: 'CA', link: null })).toBe(
      'Hi\nReply STOP or ARRET to opt out',
    );
    expect(withStopLine('Hi', { language: 'en', country: 'MY', link: null })).toBe(
      'RM0.00 Hi\nReply STOP to opt out',
    );
  });
  test('ask to be called only with a telephone number, whose like no amount and no date is', () => {
    const calls = ['Call +60 12-345 6789', 'WA 0812 3456 7890', 'tel. 03-21234567'];
    expect(calls.map(hasCallback)).toEqual([true, true, true]);
    const others = [
      'Rp 1.250.000',
      'until 31-12-2026',
      '20% off 100,000',
      'order 1001',
      '10.000.000',
      '2026-01-01',
    ];
    expect(others.map(hasCallback)).toEqual(others.map(() => false));
  });
  test('name what has to be looked up', () => {
    expect(variablesOf('{{ points }} {{first_name|kak}} {{nama}}')).toEqual(
      new Set(['points', 'first_name']),
    );
  });
  test('are in the language of the customer where there is one, else in the campaign’s', () => {
    const texts = { language: 'en', text: 'Hello', texts: { id: 'Halo', th: '' } } as const;
    expect(textFor(texts, 'id-ID')).toEqual({ language: 'id', text: 'Halo' });
    for (const locale of ['en', 'th', 'fr', null, ''])
      expect(textFor(texts, locale)).toEqual({ language: 'en', text: 'Hello' });
  });
});

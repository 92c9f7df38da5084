/** Parts of an SMS, from cases counted by hand (fixtures/cases/README.md) and against another counter. */
import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, test } from 'vitest';
import { countParts, notInGsm } from '#app/modules/messaging/rules/count-parts.ts';
import { normalizeBody, replaceSmart } from '#app/modules/messaging/rules/message-body.ts';
import { messageCases, type PriceCase } from '#test/support/message-cases.ts';

test.each(messageCases('segments'))('$name: $why', ({ input, expected }) => {
  const { encoding, units, parts } = countParts(input.text);
  expect({ encoding, units, segments: parts }).toEqual(expected);
});

/** The forty texts of the ground page whose text can be written here: text, units, parts. */
const COUNTED: [string, number, number][] = [
  ['a'.repeat(306), 306, 2],
  ['a'.repeat(307), 307, 3],
  ['a'.repeat(460), 460, 4],
  [`${'a'.repeat(158)}€`, 160, 1],
  [`${'a'.repeat(159)}€`, 161, 2],
  [']'.repeat(153), 306, 3],
  ['['.repeat(81), 162, 2],
  [`“${'a'.repeat(69)}`, 70, 1],
  ['FAÇADE', 6, 1],
  ['a\tb', 3, 1],
  ['Rp\u00a050.000', 9, 1],
  [`${'ก'.repeat(68)}\r\n`, 70, 1],
  [`${'ก'.repeat(69)}\r\n`, 71, 2],
  ['ก'.repeat(134), 134, 2],
  ['น้ำ'.repeat(44), 132, 2],
  ['س'.repeat(71), 71, 2],
  ['😀'.repeat(35), 70, 1],
  ['😀'.repeat(36), 72, 2],
  ['👨‍👩‍👧‍👦'.repeat(7), 77, 2],
  ['🇮🇩'.repeat(33), 132, 2],
  ['👍🏽'.repeat(17), 68, 1],
];

test('texts around every border', () => {
  for (const [text, units, parts] of COUNTED) expect(countParts(text)).toMatchObject({ units, parts });
});

test('flags are reserved whole, as the other counter has them', () => {
  expect(countParts('🇮🇩'.repeat(33))).toMatchObject({ parts: 2, partsAtMost: 3 });
});

const LATIN = fc.constantFrom(..."abc XYZ 0129 é ñ € [ ] { | ^ ~ \n \r \f ' @ £ _".split(''), '\u000c');
const ALL = fc.oneof(
  LATIN,
  fc.constantFrom(
    ...'ก น้ำ ำ ้ س ی \u200c ‌ ۱۲ “ ” … \u00a0 ê \u0301'.split(''),
    '😀',
    '👨‍👩‍👧‍👦',
    '🇮🇩',
    '👍🏽',
    '\r\n',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const text = (unit: fc.Arbitrary<string>) =>
  fc.array(unit, { maxLength: 400, size: 'max' }).map((units) => units.join(''));

describe('against sms-segments-calculator 1.3.0', () => {
  test('in GSM-7 both count alike, but for the empty text', () => {
    fc.assert(
      fc.property(text(LATIN), (value) => {
        const { parts, units, encoding } = countParts(value);
        const other = new SegmentedMessage(value);
        expect(encoding).toBe(other.encodingName);
        expect(units).toBe(other.numberOfCharacters);
        // Its fault: the empty text counts one.
        expect(Math.max(parts, 1)).toBe(other.segmentsCount);
      }),
      { numRuns: 200 },
    );
  });

  test('in UCS-2 what is reserved is what it counts, and never below the rule of the standard', () => {
    fc.assert(
      fc.property(text(ALL), (value) => {
        const { parts, partsAtMost, encoding } = countParts(value);
        const other = new SegmentedMessage(value);
        expect(encoding).toBe(other.encodingName);
        expect(partsAtMost).toBeGreaterThanOrEqual(parts);
        // Its fault: a visible character longer than a part is squeezed into one.
        if (other.graphemes.some((grapheme) => grapheme.length > 67)) return;
        expect(Math.max(partsAtMost, 1)).toBeGreaterThanOrEqual(other.segmentsCount);
        expect(Math.max(parts, 1)).toBeLessThanOrEqual(other.segmentsCount);
      }),
      { numRuns: 200 },
    );
  });
});

test('a letter with more marks than a part holds is split', () => {
  expect(countParts(`ก${'้'.repeat(139)}`)).toMatchObject({ units: 140, parts: 3, partsAtMost: 3 });
});

describe('what is sent', () => {
  test('has composed letters and one kind of line break', () => {
    expect(normalizeBody('e\u0301\r\nb\rc')).toBe('é\nb\nc');
  });

  test('names the characters that cost', () => {
    expect(notInGsm('“Halo” ê 😀 Budi')).toEqual(['“', '”', 'ê', '😀']);
    expect(notInGsm('Halo Budi')).toEqual([]);
  });
});

describe('smart characters', () => {
  const plain = (value: string) =>
    replaceSmart(value)
      ?.map(({ to }) => to)
      .join('') ?? null;

  test('are replaced when that makes the text GSM-7, and the difference is shown', () => {
    expect(plain('It’s “20%” off – today…\u00a0only')).toBe('It\'s "20%" off - today... only');
    expect(replaceSmart('It’s')).toEqual([
      { from: 'It', to: 'It' },
      { from: '’', to: "'" },
      { from: 's', to: 's' },
    ]);
    expect(plain('ＳＡＬＥ ｎｏｗ')).toBe('SALE now');
  });

  test('stay when the text is plain already or stays UCS-2', () => {
    expect(plain("It's")).toBeNull();
    expect(plain('แต้ม “100”')).toBeNull();
    expect(plain('می‌خواهید…')).toBeNull();
    expect(plain('Zoë’s')).toBeNull();
  });
});

test.each(messageCases('price').filter(({ name }) => name === 'names-change-the-encoding'))(
  '$name: $why',
  ({ input, expected }: PriceCase) => {
    const counted = (input.firstNames ?? []).map((name) =>
      countParts((input.template ?? '').replace('{{first_name}}', name)),
    );
    expect(counted.map(({ units }) => units)).toEqual(expected.units);
    expect(counted.map(({ encoding }) => encoding)).toEqual(expected.encodings);
    expect(counted.map(({ parts }) => parts)).toEqual(expected.segments);
  },
);

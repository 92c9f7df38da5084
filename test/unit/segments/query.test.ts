/** Rules as text: every rule survives it, no text breaks the reader, and errors say where they are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import english from '#app/i18n/en/segment_query.json' with { type: 'json' };
import { CONDITIONS, isConditionCode } from '#app/modules/segments/conditions/registry.ts';
import { ATTRIBUTE_NAMES, ATTRIBUTES, codeOfAttribute } from '#app/modules/segments/query/attributes.ts';
import { printQuery } from '#app/modules/segments/query/print-query.ts';
import { positionIn } from '#app/modules/segments/query/query-error.ts';
import { QUERY_CHARACTERS_MAX, readQuery } from '#app/modules/segments/query/read-query.ts';
import { namedValues, type RuleNames } from '#app/modules/segments/sentence/names.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { arbitraryCondition, arbitraryTree, CODES_OF_CONDITIONS } from '../../support/segment-arbitraries.ts';

const IDS = {
  categories: ['1', '2'],
  tiers: ['11', '12'],
  rewards: ['21'],
  offers: ['31', '32'],
};
const words = { currency: 'IDR', names: {} };

/** A group of one part means that part. */
function simplified(node: SegmentNode): SegmentNode {
  if (node.kind === 'condition') return node;
  if (node.kind === 'not') return { kind: 'not', part: simplified(node.part) };
  const parts = node.parts.map(simplified);
  return parts.length === 1 ? parts[0]! : { kind: node.kind, parts };
}

/** Names for all values of a rule, among them the same name twice and names that are values of others. */
function namesOf(rule: SegmentNode, drawn: readonly string[]): RuleNames {
  const all = [...namedValues(rule)].flatMap(([source, values]) =>
    values.map((value) => `${source}/${value}`),
  );
  return Object.fromEntries(all.map((key, index) => [key, drawn[index % drawn.length]!]));
}

describe('a rule as text', () => {
  it('has an attribute of its own for each condition', () => {
    const codes = Object.keys(CONDITIONS).filter(isConditionCode);
    expect(new Set(Object.values(ATTRIBUTES)).size).toBe(codes.length);
    for (const code of codes) expect(codeOfAttribute(ATTRIBUTES[code])).toBe(code);
    for (const name of ATTRIBUTE_NAMES) expect(name).toMatch(/^[a-z_]+$/);
  });

  it.each(CODES_OF_CONDITIONS)('%s is read as it was written', (code) => {
    fc.assert(
      fc.property(arbitraryCondition(code, IDS), (condition) => {
        const text = printQuery(condition, words);
        expect({ text, ...readQuery(text, words) }).toMatchObject({ ok: true, rule: condition });
        const not: SegmentNode = { kind: 'not', part: condition };
        expect(readQuery(printQuery(not, words), words)).toMatchObject({ ok: true, rule: not });
      }),
      { numRuns: 60 },
    );
  });

  it('any tree is read as it was written, with whatever names its values have, and in any currency', () => {
    const name = fc.constantFrom('Gold', 'gold', 'vip', '12', "Ha'il \\ x", 'Bandung', 'Sao Paulo', '1');
    fc.assert(
      fc.property(
        arbitraryTree(IDS),
        fc.array(name, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('IDR', 'JPY', 'KWD'),
        (tree, drawn, currency) => {
          const chosen = { currency, names: namesOf(tree, drawn) };
          const text = printQuery(tree, chosen);
          expect({ text, ...readQuery(text, chosen) }).toMatchObject({
            ok: true,
            rule: simplified(tree),
            notes: [],
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  it('means the same without spaces that only part, and in lower case', () => {
    const text = "customer_tags contains 'vip' and(number_of_orders>3 or not member=TRUE)";
    expect(readQuery(text, words)).toMatchObject({
      rule: {
        kind: 'all',
        parts: [
          { code: 'tags', values: { op: 'anyOf', list: ['vip'] } },
          { kind: 'any', parts: [{ code: 'order_count' }, { kind: 'not', part: { values: { op: 'yes' } } }] },
        ],
      },
    });
  });

  it('puts the parts of its outermost group on lines of their own', () => {
    const read = readQuery("(member = true OR age < 18) AND customer_tags CONTAINS ANY ('a', 'b')", words);
    if (!read.ok) throw new Error('unread');
    expect(printQuery(read.rule, words)).toBe(
      "(member = true OR age < 18)\nAND customer_tags CONTAINS ANY ('a', 'b')",
    );
    expect(printQuery(null, words)).toBe('');
    expect(readQuery(' \n ', words)).toMatchObject({ ok: true, rule: null, notes: [], asked: [] });
  });

  it('uses the names that the shop gave, and asks for those that are not known', () => {
    const names = { 'tier/12': 'Gold', 'city/3273': 'Bandung', 'tag/vip': 'VIP' };
    const text = "tier = 'gold' AND city = 'Bandung' AND customer_tags CONTAINS 'VIP'";
    const read = readQuery(text, { currency: 'IDR', names });
    expect(read).toMatchObject({
      ok: true,
      asked: [],
      rule: {
        parts: [{ values: { list: ['12'] } }, { values: { list: ['3273'] } }, { values: { list: ['vip'] } }],
      },
    });
    if (read.ok) expect(printQuery(read.rule, { currency: 'IDR', names })).toContain("tier = 'Gold'");
    expect(readQuery(text, words)).toMatchObject({
      ok: false,
      error: { code: 'unknown_value', details: { value: 'gold' } },
      asked: [{ source: 'tier', text: 'gold' }],
    });
    expect(readQuery("city = 'Bandung'", words)).toMatchObject({
      ok: true,
      asked: [{ source: 'city', text: 'Bandung' }],
    });
  });
});

describe('any text', () => {
  const pieces = [
    ...ATTRIBUTE_NAMES.slice(0, 20),
    ...[
      'products_purchased',
      'orders_placed',
      'anniversary',
      'rfm_group',
      'points_expiring',
      'WHERE',
      'FROM',
    ],
    ...[
      'AND',
      'OR',
      'NOT',
      'IN',
      'IS',
      'NULL',
      'BETWEEN',
      'CONTAINS',
      'ANY',
      'ALL',
      'STARTS',
      'WITH',
      'MATCHES',
    ],
    ...[
      '(',
      ')',
      ',',
      ':',
      '=',
      '!=',
      '<>',
      '>',
      '>=',
      "'vip'",
      "'",
      '"',
      '\\',
      "'it\\'s'",
      'today',
      'true',
      'any',
    ],
    ...[
      '-30d',
      '+7d',
      '-12m',
      '2026-01-31',
      '2026-13-99',
      '01-31',
      '99-99',
      '7_days_ago',
      '3',
      '-2.5',
      '1e9',
    ],
    ...[
      '2026-01-31T10:00:00',
      'id',
      'tag',
      'date',
      'count',
      'days',
      'amount',
      '9999999999999999999',
      '🙂',
      '\ud800',
    ],
  ];
  it('is read or refused at a place in it, and never breaks the reader', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((chosen) => chosen.join(' ')),
      fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((chosen) => chosen.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        const read = readQuery(given, words);
        if (read.ok) {
          // What could be read can be written.
          expect(readQuery(printQuery(read.rule, words), words)).toMatchObject({ ok: true, rule: read.rule });
          return;
        }
        const { start, end } = read.error.span;
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(given.length);
        expect(start).toBeLessThanOrEqual(end);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['('.repeat(9_000)],
    ['NOT '.repeat(4_000)],
    [`${'('.repeat(9_000)}member = true${')'.repeat(9_000)}`],
    ['member = true OR '.repeat(1_000)],
  ])('that nests or repeats without end is refused: %.20s', (text) => {
    expect(readQuery(text, words)).toMatchObject({ ok: false });
  });

  it('that is too long is refused where it is', () => {
    expect(readQuery('x'.repeat(QUERY_CHARACTERS_MAX + 1), words)).toMatchObject({
      error: { code: 'length', span: { start: QUERY_CHARACTERS_MAX } },
    });
  });
});

describe('an error', () => {
  const texts: Record<string, string> = english.error;
  it.each([
    ['number_of_orders > 3 AND €', 'character', '€'],
    ["customer_tags CONTAINS 'vip", 'quote', "'vip"],
    ['AND member = true', 'attribute_expected', 'AND'],
    ['member = true AND', 'attribute_expected', ''],
    ['number_of_orders 3', 'operator_expected', '3'],
    ['number_of_orders >', 'value_expected', ''],
    ['number_of_orders > OR', 'value_expected', 'OR'],
    ['number_of_orders BETWEEN 1 3', 'value_expected', '3'],
    ['(member = true', 'bracket_expected', ''],
    ['products_purchased MATCHES id = 1', 'bracket_expected', 'id'],
    ['member = true member = false', 'joint_expected', 'member'],
    ['favourite_colour = 1', 'unknown_attribute', 'favourite_colour'],
    ['number_of_order > 1', 'attribute_near', 'number_of_order'],
    ["predicted_spend_tier = 'HIGH'", 'not_stored', 'predicted_spend_tier'],
    ["number_of_orders CONTAINS 'a'", 'operator', 'CONTAINS'],
    ['number_of_orders > today', 'value', 'today'],
    ["gender = 'unicorn'", 'value', "'unicorn'"],
    ["tier = 'Gold'", 'unknown_value', "'Gold'"],
    ['number_of_orders > 1.5', 'decimals', '1.5'],
    ['last_order_date > 2020-05-30T16:00:00', 'time', '2020-05-30T16:00:00'],
    ['last_order_date > +3d', 'period', 'last_order_date > +3d'],
    ['products_purchased MATCHES (colour = 1)', 'parameter', 'colour = 1'],
    ['points_expiring MATCHES (days <= 3)', 'parameter_missing', 'points_expiring MATCHES (days <= 3'],
    ['products_purchased MATCHES (id = 1, tag = 2)', 'combination', 'tag = 2'],
    ["customer_cities CONTAINS 'US-CA-LosAngeles'", 'place_code', 'customer_cities'],
    ["customer_email_domain = 'example.com'", 'instead', 'customer_email_domain'],
    ['number_of_orders > 99999999999999999', 'refused', 'number_of_orders > 99999999999999999'],
    ['NOT (NOT (NOT (NOT (NOT (NOT member = true)))))', 'depth', '(NOT member = true)'],
    [Array.from({ length: 51 }, () => 'age > 1').join(' OR '), 'size', 'age > 1'],
  ])('%s', (text, code, where) => {
    const read = readQuery(text, words);
    if (read.ok) throw new Error('read');
    const { span } = read.error;
    expect([read.error.code, text.slice(span.start, span.end)]).toEqual([code, where]);
    expect(texts[read.error.code]).toBeTruthy();
    const asked = [...texts[read.error.code]!.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!);
    expect(Object.keys(read.error.details)).toEqual(expect.arrayContaining(asked));
  });

  it('has its line and its column', () => {
    const text = "member = true\nAND (age > 18\n  OR   age > 'x')";
    const read = readQuery(text, words);
    if (read.ok) throw new Error('read');
    expect(positionIn(text, read.error.span.start)).toEqual({ line: 3, column: 14 });
    expect(positionIn('', 0)).toEqual({ line: 1, column: 1 });
  });
});

it('an RFM group as Shopify writes it is read as ours, and says so', () => {
  const read = readQuery(`rfm_group = 'AT_RISK'`, { currency: 'IDR', names: {} });
  expect(read).toMatchObject({
    ok: true,
    rule: { kind: 'condition', code: 'rfm_group', values: { op: 'anyOf', list: ['at_risk'] } },
    notes: [{ code: 'rfm' }],
  });
});

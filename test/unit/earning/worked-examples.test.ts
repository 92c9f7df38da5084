/** The worked examples: executed here, shown in docs/worked-examples.md (`vitest run -u` writes it again). */
import { describe, expect, test } from 'vitest';
import { available } from '#app/modules/ledger/rules/account.ts';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import { decodeRefund } from '#app/modules/orders/rules/decode-refund.ts';
import type { Entitlement } from '#app/modules/earning/rules/earning.ts';
import { entitlement } from '#app/modules/earning/rules/entitlement.ts';
import type { Moment } from '#app/modules/segments/conditions/facts.ts';
import { lifecycleGroup } from '#app/modules/segments/rules/lifecycle.ts';
import { evaluate } from '#app/modules/segments/tree/evaluate.ts';
import { readTree } from '#app/modules/segments/tree/tree.ts';
import { DEFAULT_LIFECYCLE } from '#app/modules/shops/rules/lifecycle-settings.ts';
import {
  CONDITION_EXAMPLES,
  factsOf,
  OFFER_EXAMPLES,
  PRODUCT_EXAMPLES,
  TIER_EXAMPLES,
  TIME_EXAMPLES,
  type RuleExample,
} from '#test/examples/rules.ts';
import { LIFECYCLE_EXAMPLES, orderDays, TODAY } from '#test/examples/lifecycle.ts';
import { printQuery } from '#app/modules/segments/query/print-query.ts';
import { readQuery } from '#app/modules/segments/query/read-query.ts';
import { SEGMENT_EXAMPLES } from '#test/examples/segments.ts';
import { EXAMPLES as SPEND_EXAMPLES } from '#test/examples/spend.ts';
import { STORIES } from '#test/examples/stories.ts';
import { LedgerWorld, SHOP } from '#test/support/ledger-world.ts';
import { orderPayload, refundPayload } from '#test/support/orders.ts';
import { clubRules } from '#test/support/rules.ts';

const ELIGIBLE_AT = new Date('2026-11-21T03:00:00Z');
const TIME_ZONE = 'Asia/Jakarta';
const RULES: [title: string, examples: RuleExample[]][] = [
  ['Products (F60) and points printed on them (F61)', PRODUCT_EXAMPLES],
  ['Who earns, and on what', CONDITION_EXAMPLES],
  ['Offers (F87-F91)', OFFER_EXAMPLES],
  ['Tiers (F127)', TIER_EXAMPLES],
  ['From when until when', TIME_EXAMPLES],
];

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: TIME_ZONE });

function amountText({ unit, amount }: Entitlement, currency: string): string {
  if (unit === 'POINTS') return `${number.format(amount)} points`;
  return `${currency === 'IDR' ? 'Rp' : currency} ${number.format(Number(amount) / 100)}`;
}

function text(earned: Entitlement, currency: string): string {
  const { validFrom, expiresAt } = earned;
  const amount = amountText(earned, currency);
  if (!expiresAt) return amount;
  return `${amount} from ${day.format(validFrom)} to ${day.format(new Date(expiresAt.getTime() - 1))}`;
}

function given(example: RuleExample): string[] {
  const spec = { id: 7, customer: 9, lines: [], ...example.order };
  const { order, refunds } = decodeOrder(orderPayload(spec));
  const apart = (example.refunds ?? []).map((refund, index) =>
    decodeRefund(refundPayload({ id: 100 + index, order: 7, ...refund }), order.currency),
  );
  return entitlement({
    order,
    refunds: [...refunds, ...apart],
    rules: clubRules(undefined, example.rules),
    facts: factsOf(example),
    eligibleAt: ELIGIBLE_AT,
  }).map((earned) => text(earned, order.currency));
}

describe.each(RULES)('%s', (_title, examples) => {
  test.each(examples)('$words', (example) => {
    expect(given(example)).toEqual(example.gives);
  });
});

function has(world: LedgerWorld): string {
  const key = { shopId: SHOP, customerId: 1n, unit: 'POINTS' as const };
  const account = world.ledger.open([key], [key]).account(key);
  const pending = account.lots.reduce(
    (sum, lot) => (lot.validFrom > world.now ? sum + lot.remaining : sum),
    0n,
  );
  const parts = [`${available(account, world.now)} points`];
  if (account.held > 0n) parts.push(`${account.held} reserved`);
  if (pending > 0n) parts.push(`${pending} pending`);
  if (account.debt > 0n) parts.push(`${account.debt} owed`);
  return parts.join(', ');
}

test.each(STORIES)('$title', ({ rules, policy, steps }) => {
  const world = new LedgerWorld(
    clubRules(undefined, rules),
    policy ?? { shortfall: 'debt', fromAllLots: true },
  );
  for (const [words, happen, expected] of steps) {
    happen(world);
    expect(`${words}: ${has(world)}`).toBe(`${words}: ${expected}`);
    expect(world.broken()).toEqual([]);
  }
});

test.each(LIFECYCLE_EXAMPLES)('$words: $group', ({ days, group }) => {
  expect(lifecycleGroup(orderDays(days), TODAY) ?? 'none').toBe(group);
});

const MOMENT: Moment = {
  now: new Date(`${TODAY}T05:00:00Z`),
  today: TODAY,
  timeZone: TIME_ZONE,
  lifecycle: DEFAULT_LIFECYCLE,
  lifetimeMonths: 36,
  rfm: null,
  ranks: null,
  defaultCategoryId: null,
  folded: new Map(),
};

test.each(SEGMENT_EXAMPLES)('segment as text: $words', ({ rule }) => {
  const words = { currency: 'IDR', names: {} };
  const read = readTree(rule);
  if (!read.ok) throw new Error(read.problem);
  expect(readQuery(printQuery(read.tree, words), words)).toMatchObject({ ok: true, rule: read.tree });
});

test.each(SEGMENT_EXAMPLES)('segment: $words', ({ rule, meant, notMeant }) => {
  const read = readTree(rule);
  if (!read.ok) throw new Error(`no rule: ${read.problem}`);
  const outcome = [...meant, ...notMeant].map(([words, facts]) => [
    words,
    evaluate(read.tree, facts, MOMENT),
  ]);
  expect(outcome).toEqual([
    ...meant.map(([words]) => [words, true]),
    ...notMeant.map(([words]) => [words, false]),
  ]);
});

test('forty segments', () => {
  expect(SEGMENT_EXAMPLES).toHaveLength(40);
});

function segmentTable(): string {
  const words = (customers: [string, unknown][]) => customers.map(([each]) => each).join('; ');
  return [
    '## Segments (F22-F40), on 21 November 2026',
    '',
    'Whom a segment means. Unless said otherwise orders are paid and of Rp 100,000, at noon in Jakarta.',
    '',
    '| Customers who | In it | Not in it |',
    '| --- | --- | --- |',
    ...SEGMENT_EXAMPLES.map(
      (example) => `| ${example.words} | ${words(example.meant)} | ${words(example.notMeant)} |`,
    ),
    '',
  ].join('\n');
}

const row = (left: string, right: string) => `| ${left} | ${right} |`;

function page(): string {
  const spend = SPEND_EXAMPLES.map(({ words, points }) =>
    row(words, points === 0n ? 'nothing' : `${points} points`),
  );
  const rules = RULES.map(([title, examples]) =>
    section(
      title,
      'Gives',
      examples.map(({ words, gives }) => row(words, gives.join(' and ') || 'nothing')),
    ),
  );
  const stories = STORIES.map(({ title, steps }) =>
    section(
      title,
      'The customer then has',
      steps.map(([words, , expected]) => row(words, expected)),
    ),
  );
  return [
    '# Worked examples',
    '',
    'What orders give and what becomes of it, to be checked with a pencil. The tests execute every row',
    '(`test/unit/earning/worked-examples.test.ts`, `test/unit/earning/entitlement.test.ts`), and this page is written from them.',
    '',
    'Unless said otherwise the shop is in Jakarta, each full Rp 100,000 gives 10 points, tax and shipping do not count.',
    '',
    section('Spending (F59)', 'Gives', spend),
    ...rules,
    section(
      'New, regular, lapsed (F22-F24), on 21 November 2026',
      'Is',
      LIFECYCLE_EXAMPLES.map(({ words, group }) => row(words, group)),
    ),
    segmentTable(),
    ...stories,
  ].join('\n');
}

function section(title: string, heading: string, rows: string[]): string {
  return [`## ${title}`, '', row('What happens', heading), row('---', '---'), ...rows, ''].join('\n');
}

test('the page shows them', async () => {
  await expect(page()).toMatchFileSnapshot('../../../docs/worked-examples.md');
});

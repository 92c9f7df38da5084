import { CHOICE_SOURCES, nameChoices, nameProducts, type Choice } from './choices.queries.server.ts';
import { nameCollections } from '#app/modules/products/name-collections.server.ts';
import { namedValues, type RuleNames } from './sentence/names.ts';
import { CONDITIONS } from './conditions/registry.ts';
import type { Explained } from './tree/evaluate.ts';
import type { SegmentNode } from './tree/tree.ts';

/** The names of what a rule names, for its sentence and its editor. */
export async function nameRule(shopId: bigint, rule: SegmentNode): Promise<RuleNames> {
  const named = await Promise.all(
    [...namedValues(rule)].map(async ([source, values]) => {
      const choices = await nameSource(shopId, source, values);
      return choices.map(({ value, label }) => [`${source}/${value}`, label] as const);
    }),
  );
  return Object.fromEntries(named.flat());
}

/** The names of a rule, and of what the customer has beside its conditions. */
export async function nameExplained(shopId: bigint, explained: Explained): Promise<RuleNames> {
  const conditions = explainedConditions(explained);
  const [first] = conditions;
  if (first === undefined) return {};
  const own = await Promise.all(
    conditions.map(async ({ condition, shown }) => {
      const { kind } = CONDITIONS[condition.code];
      if (shown.is !== 'texts' || (kind.name !== 'choice' && kind.name !== 'set')) return [];
      const { from } = kind.choices;
      const choices = await nameSource(shopId, from, [...shown.texts]);
      return choices.map(({ value, label }) => [`${from}/${value}`, label] as const);
    }),
  );
  const rule: SegmentNode = { kind: 'any', parts: conditions.map(({ condition }) => condition) };
  return { ...(await nameRule(shopId, rule)), ...Object.fromEntries(own.flat()) };
}

function explainedConditions(explained: Explained): Extract<Explained, { kind: 'condition' }>[] {
  if (explained.kind === 'condition') return [explained];
  return explained.kind === 'not'
    ? explainedConditions(explained.part)
    : explained.parts.flatMap(explainedConditions);
}

async function nameSource(shopId: bigint, source: string, values: string[]): Promise<Choice[]> {
  if (source === 'product') return nameProducts(shopId, values);
  if (source === 'variant') {
    const products = await nameProducts(
      shopId,
      values.map((pair) => pair.split('/')[0] ?? pair),
    );
    return values.map((value, index) => ({ value, label: products[index]?.label ?? value }));
  }
  if (source === 'collection') {
    const collections = await nameCollections(shopId, values.map(BigInt));
    return values.map((value, index) => ({ value, label: collections[index]?.title ?? value }));
  }
  const known = CHOICE_SOURCES.find((one) => one === source);
  return known === undefined ? [] : nameChoices(shopId, known, values);
}

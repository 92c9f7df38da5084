/** The validation Function of members-only products, as it is deployed. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createFunctionEngine, type FunctionOutcome } from '#sandbox/shopify/functions/engine.ts';
import {
  loadFunctions,
  type LoadedFunction,
  problemsOfQuery,
} from '#sandbox/shopify/functions/load-functions.ts';
import { queryCost } from '#sandbox/shopify/functions/query-cost.ts';

let gate: LoadedFunction;
let run: (input: unknown) => FunctionOutcome;

beforeAll(async () => {
  const engine = await createFunctionEngine();
  gate = (await loadFunctions()).find(({ handle }) => handle === 'members-only')!;
  run = (input) => engine.run(gate.code, gate.exported, input, 1);
});

const TEXTS = {
  v: 1,
  default: 'id',
  texts: {
    id: { guest: 'Masuk untuk membeli {{products}}.', other: '{{products}} khusus member.' },
    en: { guest: 'Sign in to buy {{products}}.', other: '{{products}} is for members.' },
  },
};

interface Fields {
  access?: unknown;
  products?: [title: string, access: unknown][];
  person?: unknown;
  isAuthenticated?: boolean;
  isTill?: boolean;
  hasBuyer?: boolean;
  language?: string;
  texts?: unknown;
  step?: string | null;
}

const GOLD_ONLY = { v: 1, tiers: ['gold'] };

/** The messages for a cart. */
function messages(fields: Fields): string[] {
  const { person = null, texts = TEXTS, language = 'EN', hasBuyer = true } = fields;
  const products = fields.products ?? [['Batik', 'access' in fields ? fields.access : GOLD_ONLY]];
  const outcome = run({
    buyerJourney: { step: fields.step === undefined ? 'CART_INTERACTION' : fields.step },
    cart: {
      retailLocation: fields.isTill ? { __typename: 'Location' } : null,
      buyerIdentity: hasBuyer
        ? {
            isAuthenticated: fields.isAuthenticated ?? true,
            customer: { metafield: person === null ? null : { jsonValue: person } },
          }
        : null,
      lines: [
        { merchandise: { __typename: 'CustomProduct' } },
        ...products.map(([title, access]) => ({
          merchandise: {
            __typename: 'ProductVariant',
            product: { title, metafield: access == null ? null : { jsonValue: access } },
          },
        })),
      ],
    },
    localization: { language: { isoCode: language } },
    validation: { metafield: texts === null ? null : { jsonValue: texts } },
  });
  if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.detail}`);
  const { operations } = outcome.output as {
    operations: { validationAdd: { errors: { message: string; target: string }[] } }[];
  };
  const errors = operations.flatMap(({ validationAdd }) => validationAdd.errors);
  expect(errors.every(({ target }) => target === '$.cart')).toBe(true);
  return errors.map(({ message }) => message);
}

test('the query is valid, costs 13 of 30 and has 506 of 3,000 bytes; the bundle is below 4 kB', () => {
  expect(problemsOfQuery(gate.schema, gate.queryText)).toEqual([]);
  expect(queryCost(gate.schema, gate.queryText)).toBe(13);
  expect(Buffer.byteLength(gate.queryText)).toBeLessThan(600);
  expect(gate.code.length).toBeLessThan(4_000);
});

describe('who may buy', () => {
  test.each([
    ['the tier', { person: { v: 1, tier: 'gold' } }],
    [
      'the category',
      { person: { v: 1, cat: 'reseller' }, access: { v: 1, cats: ['reseller'], tiers: ['gold'] } },
    ],
    [
      'a till, where staff chose the customer',
      { person: { v: 1, tier: 'gold' }, isAuthenticated: false, isTill: true },
    ],
    ['a product without a gate', { access: null }],
    ['a gate that names nobody', { access: { v: 1, cats: [], tiers: [] } }],
  ])('%s', (_name, fields) => {
    expect(messages(fields)).toEqual([]);
  });

  test.each([
    ['another tier', { person: { v: 1, tier: 'silver' } }],
    ['no metafield', { person: null }],
    ['a metafield of a later version', { person: { v: 2, tier: 'gold' } }],
    ['a tier that is no text', { person: { v: 1, tier: null }, access: { v: 1, tiers: [null, 'gold'] } }],
    ['a tier called constructor', { person: { v: 1, tier: 'constructor' } }],
  ])('not %s', (_name, fields) => {
    expect(messages(fields)).toEqual(['Batik is for members.']);
  });

  test.each([['CART_INTERACTION'], ['CHECKOUT_INTERACTION'], ['CHECKOUT_COMPLETION'], [null]])(
    'blocked at the step %s',
    (step) => {
      expect(messages({ step })).toEqual(['Batik is for members.']);
    },
  );

  test("a guest is told to sign in, also one who typed a member's address", () => {
    expect(messages({ hasBuyer: false })).toEqual(['Sign in to buy Batik.']);
    expect(messages({ isAuthenticated: false, person: { v: 1, tier: 'gold' } })).toEqual([
      'Sign in to buy Batik.',
    ]);
  });
});

describe('the message', () => {
  test.each([
    ['ID', 'Batik khusus member.'],
    ['EN', 'Batik is for members.'],
    ['EN_GB', 'Batik is for members.'],
    ['FR', 'Batik khusus member.'],
  ])('for %s', (language, message) => {
    expect(messages({ language })).toEqual([message]);
  });

  test('names three products at most, each once', () => {
    const products: [string, unknown][] = ['A', 'A', 'B', 'C', 'D'].map((title) => [title, GOLD_ONLY]);
    expect(messages({ products })).toEqual(['A, B, C, … is for members.']);
  });

  test('is English without texts', () => {
    expect(messages({ texts: null })).toEqual(['Batik is only for certain customers.']);
  });
});

describe('what cannot be read', () => {
  test.each([
    [{ v: 2, tiers: ['gold'] }],
    ['gold'],
    [['gold']],
    [{ v: 1, tiers: 'gold' }],
    [{ v: 1 }],
    [7],
    [true],
  ])('the access %j lets the cart pass', (access) => {
    expect(messages({ access })).toEqual([]);
  });

  test('texts of a later version let the cart pass: they are for another Function', () => {
    expect(messages({ texts: { v: 2 } })).toEqual([]);
  });

  test.each([
    [{ v: 1, texts: 'no' }],
    [{ v: 1, texts: { en: 'no' } }],
    [{ v: 1, texts: { en: { other: '' } } }],
  ])('the texts %j leave English', (texts) => {
    expect(messages({ texts })).toEqual(['Batik is only for certain customers.']);
  });
});

/** The English texts read as a native writes them; CONTRIBUTING.md ("Words") has the rule, Shopify's guidelines the rest. */
import { expect, it } from 'vitest';
import en from '#app/i18n/en.ts';
import checkout from '../../../extensions/checkout-redeem/locales/en.default.json' with { type: 'json' };

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

const texts = [...flatten(en), ...flatten(checkout, 'checkout.')];

/** What does not belong in a text, and what a native would write. */
const WRONG: [what: string, pattern: RegExp, instead: string][] = [
  ['a semicolon', /;/, 'two sentences'],
  [
    'somebody, nobody, everybody, whoever',
    /\b(some|no|every)body\b|\bwhoever\b/i,
    'customer, someone, no customer',
  ],
  ['nowhere', /\bnowhere\b/i, 'already spent'],
  ['anew', /\banew\b/i, 'again'],
  ['so many', /\bso many\b/i, 'a number of'],
  ['stands', /\bstands?\b/i, 'is, appears'],
  ['is over', /\b(is|was|are|were) over\b/i, 'expired'],
  ['for ever, without end', /\bfor ever\b|\bwithout end\b/i, 'never expires'],
  ['any more', /\bany ?more\b/i, 'no longer'],
  ['all the same', /\ball the same\b/i, 'still'],
  ['by itself', /\bby (itself|themselves)\b/i, 'automatically'],
  ['at once', /\bat once\b/i, 'immediately'],
  ['switch on, switch off', /\bswitch(ed|ing)? (on|off)\b/i, 'turn on, turn off'],
  ['handed over, pieces', /\bhanded over\b|\bpieces?\b/i, 'fulfilled, items'],
  ['e-mail', /\be-mail/i, 'email'],
  ['shop', /\bshops?\b/i, 'store'],
  [
    'a long form',
    /\b(cannot|(do|does|did|is|are|was|were|has|have|had|could|will) not)\b/i,
    "can't, don't, isn't",
  ],
  ['a straight apostrophe', /'/, '’'],
  ['British spelling', /\b(colour|favourite|cancell(ed|ing)|authoris|recognis)/i, 'American spelling'],
  ['please', /\bplease\b/i, 'the request alone'],
  ['Write', /^Write an?\b/, 'Enter'],
];

it.each(WRONG)('no text has %s', (_what, pattern, instead) => {
  const found = texts.filter(([, text]) => pattern.test(text.replaceAll(/\{\{\w+\}\}/g, '')));
  expect({ instead, found }).toEqual({ instead, found: [] });
});

it('titles are in sentence case, without a full stop', () => {
  const titles = flatten(en).filter(([key]) => /(^|[._])title$/.test(key));
  expect(titles.length).toBeGreaterThan(100);
  expect(titles.filter(([, text]) => text.endsWith('.'))).toEqual([]);
  const BRANDS = /\b(Shopify|Setia|Twilio|ID|LINE|Excel)\b/g;
  const isTitleCase = (text: string) =>
    / [A-Z][a-z]/.test(text.replaceAll(BRANDS, '').replaceAll(/[“{].*?[”}]/g, ''));
  expect(titles.filter(([, text]) => isTitleCase(text))).toEqual([]);
});

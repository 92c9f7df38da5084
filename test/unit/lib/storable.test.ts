import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { gidToId } from '#app/lib/ids.ts';
import { parseWebhookJson } from '#app/lib/json.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readJson } from '#app/lib/read-body.server.ts';
import { cleanJsonText, cleanText, isStorableDay, readSearchParams } from '#app/lib/storable.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('\u0000', '\ud83d', '\ude00', '😀', '\\', 'u0000', 'ud800', '"', 'a'))
    .map((parts) => parts.join('')),
);
const isStorable = (text: string) => text.isWellFormed() && !text.includes('\u0000');

describe('a text from outside', () => {
  test.each([
    ['a\u0000b', 'ab'],
    ['a\ud800b', 'ab'],
    ['\ude00\ud83d', ''],
    ['😀\ud83d', '😀'],
    ['', ''],
  ])('%j becomes %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('loses what cannot be stored and nothing else', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text);
        expect(isStorable(clean)).toBe(true);
        if (isStorable(text)) expect(clean).toBe(text);
        expect(cleanText(clean)).toBe(clean);
      }),
    );
  });

  it('is the same within JSON, however its characters are escaped', () => {
    const escaped = (text: string) =>
      [...Array(text.length).keys()]
        .map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join('');
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, isEscaped) => {
        const json = isEscaped
          ? `{"${escaped(text)}":"x${escaped(text)}"}`
          : JSON.stringify({ [text]: `x${text}` });
        const expected = { [cleanText(text)]: `x${cleanText(text)}` };
        expect(JSON.parse(cleanJsonText(json))).toEqual(expected);
        expect(parseWebhookJson(json)).toEqual(expected);
      }),
    );
  });

  it('keeps an escaped backslash before what looks like an escape', () => {
    expect(JSON.parse(cleanJsonText(String.raw`"a\\u0000\\ud800"`))).toBe(String.raw`a\u0000\ud800`);
  });
});

describe('a request', () => {
  it('has a clean body and clean parameters', async () => {
    const body = String.raw`{"note":"a\u0000\ud800b","list":["\u0000"]}`;
    const request = new Request('https://app.test/app?q=a%00b&%00=c', { method: 'POST', body });
    expect(await readJson(request)).toEqual({ note: 'ab', list: [''] });
    expect(readSearchParams(request).get('q')).toBe('ab');
    expect(readSearchParams('q=%00a&day=1').toString()).toBe('q=a&day=1');
    expect(await readJson(new Request('https://app.test', { method: 'POST', body: '{' }))).toBeNull();
  });
});

test.each([
  ['9223372036854775807', 9_223_372_036_854_775_807n],
  ['9223372036854775808', null],
  ['9999999999999999999', null],
  ['99999999999999999999', null],
  ['-1', null],
  ['1.5', null],
])('%s as an id', (text, id) => {
  expect(readIdParam(text)).toBe(id);
  if (/^\d+$/.test(text)) expect(gidToId(`gid://shopify/Customer/${text}`, 'Customer')).toBe(id);
});

test.each([
  ['2026-02-28', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['0000-01-01', false],
  ['0001-01-01', true],
  ['9999-12-31', true],
  ['12026-01-01', false],
  ['', false],
])('%s as a day: %s', (text, isDay) => {
  expect(isStorableDay(text)).toBe(isDay);
});

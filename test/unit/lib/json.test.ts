import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseWebhookJson } from '#app/lib/json.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../../fixtures/webhooks');
const LONG_INTEGER = /^-?\d{16,}$/;

/** The slow way: JSON.parse itself tells the source of each number. */
function parseWithReviver(body: string): unknown {
  const keepLong = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && LONG_INTEGER.test(context?.source ?? '') ? context?.source : value;
  return JSON.parse(body, keepLong);
}

test.each([
  '{"id":820982911946154508,"a":1}',
  '[9007199254740993, -9007199254740993 ,\n9007199254740993]',
  '9007199254740993',
  '{"9007199254740993":9007199254740993}',
  '{"gid":"gid://shopify/Order/9007199254740993","text":"a:9007199254740993,"}',
  '{"a":"\\\\","b":9007199254740993,"c":"\\",9007199254740993,"}',
  '[1.9007199254740993,9007199254740993,9007199254740993.5,9007199254740993e3,1e-9007199254740993]',
  '[-0.9007199254740993, 0, 9007199254740993]',
])('long integers become their digits, nothing else changes: %s', (body) => {
  expect(parseWebhookJson(body)).toEqual(parseWithReviver(body));
});

test.each(fs.readdirSync(FIXTURES).filter((name) => name.endsWith('.json')))('%s', (name) => {
  const body = fs.readFileSync(path.join(FIXTURES, name), 'utf8');
  expect(parseWebhookJson(body)).toEqual(parseWithReviver(body));
});

test.each([
  '',
  '{"id":9007199254740993',
  '[09007199254740993]',
  '{"a":"9007199254740993}',
  '[1 9007199254740993]',
])('what is no JSON is refused as by JSON.parse: %s', (body) => {
  expect(() => parseWebhookJson(body)).toThrow(SyntaxError);
});

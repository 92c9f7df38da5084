/** What becomes of an error before it is logged or stored: nothing that it quotes. */
import { DatabaseError } from 'pg';
import { expect, it, test } from 'vitest';
import { AppError, UpstreamError } from '#app/lib/errors.ts';
import { safeErrorFields, safeErrorText, scrubText, toSafeError } from '#app/lib/safe-error.ts';

const PERSON = ['Siti Rahayu', 'siti@example.com', '+62 812-3456-7801', '628123456780', 'Jalan Mawar 5'];
const names = (text: string) => PERSON.filter((mark) => text.includes(mark));
const everything = PERSON.join(', ');

const upstream = (message: string) => new UpstreamError(message, { retryable: false, outcomeKnown: true });
const database = Object.assign(new DatabaseError(`invalid input "${everything}"`, 10, 'error'), {
  code: '22P02',
  where: `JSON data, line 1: {"name":"${everything}"}`,
  detail: `Key (email)=(${everything}) already exists.`,
  hint: everything,
  internalQuery: everything,
  routine: 'json_in',
});
const ERRORS: [name: string, error: unknown, text: RegExp][] = [
  ['of PostgreSQL', database, /^database 22P02 \(json_in\)$/],
  ['of JSON.parse', new SyntaxError(`Unexpected token in "${everything}"`), /^SyntaxError/],
  ['of several lines', new Error(`${everything}\n    at (${everything})\n${everything}`), /^Error/],
  [
    'of Shopify',
    upstream(`Shopify: value "${everything}" is invalid, siti@example.com`),
    /^upstream: Shopify: value … is/,
  ],
  [
    'with a cause',
    new AppError('secret_unreadable', 'secret is short', { cause: database }),
    /^secret_unreadable/,
  ],
  ['of several', new AggregateError([database], everything), /^AggregateError/],
  ['that is a text', everything, /^string$/],
];

it.each(ERRORS)('an error %s names nobody', (_name, error, text) => {
  expect(safeErrorText(error)).toMatch(text);
  for (const made of [safeErrorText(error), JSON.stringify(safeErrorFields(error))])
    expect(names(made)).toEqual([]);
  const safe = toSafeError(error);
  expect(names(`${safe.message} ${safe.stack} ${JSON.stringify(safe)}`)).toEqual([]);
});

it('says where an unexpected error was thrown', () => {
  expect(safeErrorFields(new Error('x')).at[0]).toContain('safe-error.test.ts');
});

test.each([
  ['Phone has already been taken', 'Phone has already been taken'],
  [`Variable 'x' was "Siti Rahayu"`, 'Variable … was …'],
  ['call +62 812-3456-7801 or (0812) 345 6780', 'call … or (…'],
  ['429 in 1500 ms, attempt 3 of 25', '429 in 1500 ms, attempt 3 of 25'],
  ['mail a.b+c@example.co.id.', 'mail …'],
])('%j becomes %j', (message, scrubbed) => {
  expect(scrubText(message)).toBe(scrubbed);
});

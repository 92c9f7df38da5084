/**
 * What the database cannot store, at every address, form and API: cleaned or refused, never an error of ours. Names of
 * parameters, fields and intents are read from the sources, so that a new route is driven too.
 */
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sandbox } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { useClubDoor } from '#test/support/club-door.ts';
import { givenSandboxClub } from '#test/support/redemptions.ts';
import { adminArgs } from '#test/support/route-requests.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';
import { customerToken } from '#test/support/session-token.ts';

const APP = path.resolve(import.meta.dirname, '../../../app');
const SITI = 7001;

type Route = (args: {
  request: Request;
  params: Record<string, string>;
  context: object;
}) => Promise<unknown>;
interface RouteModule {
  loader?: Route;
  action?: Route;
}

/** Names of routes that need no session, the uploads, whose body is a file, and the template, which waits for a worker. */
const LEFT_OUT =
  /^(_index|auth\.\$|app|app\.\$|app\.customers\.\$id_\.photo-upload|app\.customers\.import\.upload|app\.customers\.import-template)$/;
const names = fs
  .readdirSync(path.join(APP, 'routes'))
  .map((file) => file.replace(/\.tsx$/, ''))
  .filter((name) => !LEFT_OUT.test(name));

/** A file and what it imports of modules, two steps deep: where its form is read. */
function sourceOf(file: string, depth = 2): string {
  const text = fs.readFileSync(file, 'utf8');
  if (depth === 0) return text;
  const imports = [
    ...text.matchAll(/from '(#app\/(?:modules|i18n|lib)\/[^']+\.ts|\.{1,2}\/[^']+\.ts)'/g),
  ].map(([, name = '']) =>
    name.startsWith('#app/') ? path.join(APP, name.slice(5)) : path.resolve(path.dirname(file), name),
  );
  return [
    text,
    ...imports.filter((each) => fs.existsSync(each)).map((each) => sourceOf(each, depth - 1)),
  ].join('\n');
}

const found = (text: string, pattern: RegExp): string[] => [
  ...new Set(
    [...text.matchAll(pattern)].flatMap((match) => match.slice(1).filter((name) => name !== undefined)),
  ),
];

const everything = fs
  .readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => fs.readFileSync(path.join(APP, name), 'utf8'))
  .join('\n');
const PARAMETERS = found(
  everything,
  /(?:params|searchParams|search|url)\.get\('(\w+)'\)|\btext\('(\w+)'\)/gi,
);

const LONG_TEXT = 'x'.repeat(100_000);
const TEXTS: [kind: string, text: string][] = [
  ['U+0000', 'a\u0000b'],
  ['half a surrogate pair', 'a\ud83db'],
  ['a very long text', LONG_TEXT],
  ['an id beyond 2^63', '9223372036854775808'],
  ['the year 0', '0000-01-01'],
  ['a position beyond every type', '9999999999999999999-9999999999999999999'],
];

let shopId: bigint;
beforeAll(async () => {
  ({ shopId } = await givenSandboxClub(sandbox, DEMO_SHOP));
  await pool.query('SELECT seed_club($1, 10000)', [shopId]);
  await pool.query('UPDATE club_settings SET sensitive_fields = true WHERE shop_id = $1', [shopId]);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, phone) VALUES ($1, ${SITI}, 'Siti', '+6281234567801')
     ON CONFLICT DO NOTHING`,
    [shopId],
  );
});
// Some forms remove the customer.
beforeEach(() =>
  pool.query(`UPDATE customers SET state = 'active', left_at = NULL WHERE shop_id = $1`, [shopId]),
);

/** The status of what a route returns or throws; an error that is no response is 500. */
async function statusOf(run: Promise<unknown>): Promise<number | string> {
  try {
    const answer: unknown = await run;
    if (answer instanceof Response) return answer.status;
    const init = typeof answer === 'object' && answer !== null && 'init' in answer ? answer.init : null;
    return typeof init === 'object' && init !== null && 'status' in init ? Number(init.status) : 200;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.status;
    if (typeof thrown === 'object' && thrown !== null && 'init' in thrown)
      return Number((thrown as { init: { status: number } }).init.status);
    return `500 ${String(thrown)}`;
  }
}

const isFine = (status: number | string) => typeof status === 'number' && status < 500;

const paramsOf = (name: string, value: string) =>
  Object.fromEntries(
    [...name.matchAll(/\$(\w+)/g)].map(([, param = '']) => [param.replace(/_$/, ''), value]),
  );

function argsOf(call: { query?: string; json?: unknown; params?: Record<string, string> }) {
  const { query = '', json, params = {} } = call;
  return adminArgs(DEMO_SHOP, `/app${query}`, { params, ...(json === undefined ? {} : { json }) });
}

async function load(name: string): Promise<RouteModule> {
  return import(`../../../app/routes/${name}.tsx`) as Promise<RouteModule>;
}

describe.each(names)('%s', (name) => {
  it('shows every address that holds what cannot be stored', async () => {
    const { loader } = await load(name);
    if (!loader) return;
    const wrong: string[] = [];
    for (const [kind, text] of TEXTS) {
      const query = `?${new URLSearchParams(PARAMETERS.map((parameter) => [parameter, text])).toString()}`;
      // A very long text in one parameter is as long as addresses get.
      const calls = text.length > 1_000 ? [{ query: `?q=${text.slice(0, 5_000)}` }] : [{ query }];
      for (const call of [
        { ...calls[0], params: paramsOf(name, String(SITI)) },
        ...(name.includes('$') ? [{ params: paramsOf(name, text) }] : []),
      ]) {
        const status = await statusOf(loader(argsOf(call)));
        if (!isFine(status)) wrong.push(`${kind}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('takes no body that cannot be stored', async () => {
    const { action } = await load(name);
    if (!action) return;
    const source = sourceOf(path.join(APP, 'routes', `${name}.tsx`));
    const fields = found(source, /\bvalues\.(\w+)|^\s+(\w+): (?:z\.|text\b|optional|day\b|list)/gm);
    const intents = ['', ...found(source, /case '(\w+)'|intent === '(\w+)'|intent: z\.literal\('(\w+)'\)/g)];
    const wrong: string[] = [];
    for (const [kind, text] of TEXTS)
      for (const intent of intents) {
        const poisoned = Object.fromEntries(fields.map((field) => [field, text]));
        const asPath = intent === '' && name.includes('$') ? [paramsOf(name, text)] : [];
        for (const params of [paramsOf(name, String(SITI)), ...asPath]) {
          const json = { ...poisoned, locale: 'en', ...(intent === '' ? {} : { intent }) };
          const status = await statusOf(action(argsOf({ json, params })));
          if (!isFine(status)) wrong.push(`${intent} ${kind}: ${status}`);
        }
      }
    expect(wrong).toEqual([]);
  });
});

describe('a form that is right but for one character', () => {
  /** Path of the route, parameters, the form with `%` where the character goes. */
  const FORMS: [route: string, form: Record<string, unknown>][] = [
    ['app.customers.$id.notes', { intent: 'add', text: 'A%B', isPinned: 'false' }],
    [
      'app.customers.new',
      {
        firstName: 'Wa%yan',
        note: 'x%',
        email: 'w@example.com',
        loaded: '{}',
        formKey: 'b6f3f9a0-5f43-4b66-9a3e-0d5a3f1c2d4e',
      },
    ],
    ['app.customers.$id_.edit', { lastName: 'Ra%hayu', note: 'n%n', loaded: '{}' }],
    ['app.customers.tags', { intent: 'add', name: 'V%IP', colour: 'blue' }],
    ['app.customers.$id_.tags', { intent: 'add', name: 'V%IP', tag: 'V%IP' }],
    ['app.loyalty.offers._index', { intent: 'create_group', groupName: 'Big% spenders' }],
    ['app.customers.$id._index', { intent: 'tier', tierId: '1', reason: 'Because% of it' }],
    ['app.resellers.categories.$id', { name: 'Res%eller', label: 'A%gen' }],
  ];
  it.each(
    FORMS.flatMap(([route, form]) =>
      ['\u0000', '\ud83d'].map((character) => [route, form, character] as const),
    ),
  )('%s takes %j with the character %j, without it', async (route, form, character) => {
    const { action } = await load(route);
    const json = Object.fromEntries(
      Object.entries(form).map(([field, value]) => [
        field,
        typeof value === 'string' ? value.replace('%', character) : value,
      ]),
    );
    const status = await statusOf(
      action!(argsOf({ json: { locale: 'en', ...json }, params: paramsOf(route, String(SITI)) })),
    );
    expect(status).toSatisfy(isFine);
  });

  it('stores the note without it', async () => {
    const { rows } = await pool.query<{ text: string }>(
      'SELECT DISTINCT text FROM customer_notes WHERE shop_id = $1',
      [shopId],
    );
    expect(rows.map(({ text }) => text)).toContain('AB');
  });
});

describe("the shopper's API", () => {
  const { call } = useClubDoor(() => customerToken(DEMO_SHOP, BigInt(SITI)));
  const KEY = '5f0a6f0c-9f0e-4f6d-8a52-1f4f6a0f8a11';
  const cart = { cartAmount: '10.00', currency: 'IDR' };
  const BODIES: [path: string, body: Record<string, string>][] = [
    ['/api/redemptions', { kind: 'pay', key: KEY, unit: 'POINTS', units: '1', ...cart }],
    ['/api/redemptions', { kind: 'reward', key: KEY, rewardId: '1', ...cart }],
    ['/api/claims', { key: KEY, rewardId: '1' }],
    ['/api/membership', {}],
    [`/api/redemptions/${KEY}/release`, {}],
  ];

  it.each(TEXTS)('takes %s in no address and no field', async (_kind, text) => {
    // Headers and a line of an address have a limit of their own.
    const short = encodeURIComponent(text.slice(0, 5_000).toWellFormed());
    const statuses: [string, number][] = [
      ['club', (await call(`/api/club?cartAmount=${short}&currency=${short}`)).status],
      ['release', (await call(`/api/redemptions/${short}/release`, { method: 'POST' })).status],
    ];
    for (const [path, body] of BODIES)
      for (const field of [...Object.keys(body), 'other']) {
        const sent = { ...body, [field]: text };
        statuses.push([`${path} ${field}`, (await call(path, { method: 'POST', body: sent })).status]);
      }
    expect(statuses.filter(([, status]) => !isFine(status))).toEqual([]);
  });
});

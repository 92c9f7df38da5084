/**
 * One module writes a table, read from the SQL texts and Prisma calls of the app. Where more do, it is written down here
 * with the reason; a reason that no longer applies has to go.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Whose table it is, and who else writes it. */
const SHARED: Readonly<Record<string, { owner: string; also: Readonly<Record<string, string>> }>> = {
  customers: {
    owner: 'customers',
    also: {
      membership: 'its own columns: tier, since when a member',
      tags: 'the column `tags`, a copy of customer_tags',
      privacy: 'erases every personal column, also one that is added later',
    },
  },
  orders: {
    owner: 'orders',
    also: {
      earning: 'its own columns: the frozen rules of an order, the backfill that it belongs to',
      privacy: 'erases contact, note and codes; only redemptions, above orders, know which codes are ours',
    },
  },
  order_lines: { owner: 'orders', also: { privacy: 'erases titles, with the order they are copied from' } },
  shops: {
    owner: 'shops',
    also: {
      audit: 'its own column: the currency of the figures',
      inbox: 'its own column: until when orders were reconciled',
      sync: 'its own column: until when customers were reconciled',
      privacy: 'erases everything but the domain',
    },
  },
  Session: {
    owner: 'app/integrations/shopify/session-storage.server.ts',
    also: { shops: 'deletes the tokens on uninstall', privacy: 'erases the tokens of a shop' },
  },
  text_redactions: {
    owner: 'messaging',
    also: { privacy: 'texts of an erased number are to be emptied at Twilio' },
  },
  club_settings: {
    owner: 'shops',
    also: {
      home: 'installing: the first rates',
      membership: 'its own columns: joining, tiers',
      earning: 'its own column: how offers combine',
      messaging: 'its own column: the day of the last reminders',
      pricing: 'a category’s switch of the club: all customers are evaluated again',
    },
  },
  programs: {
    owner: 'earning',
    also: {
      home: 'installing: the first program',
      pricing: 'a category that is removed is replaced by the new home of its people',
    },
  },
  products: { owner: 'products', also: { earning: 'the column `printed_points`, as staff just saved it' } },
  ledger_accounts: { owner: 'ledger', also: { audit: 'repairs derived columns' } },
  ledger_lots: { owner: 'ledger', also: { audit: 'repairs derived columns' } },
  ledger_debts: { owner: 'ledger', also: { audit: 'repairs derived columns' } },
  ledger_months: { owner: 'ledger', also: { audit: 'repairs derived columns' } },
  backfill_orders: { owner: 'earning', also: { privacy: 'erases orders that wait' } },
  sync_lines: { owner: 'sync', also: { privacy: 'erases orders that wait' } },
  unapproved_data: {
    owner: 'app/integrations/shopify/unapproved-data.server.ts',
    also: { sync: 'takes what is approved by now, to read it' },
  },
  mails: { owner: 'mail', also: { privacy: 'deletes what went to an erased address' } },
  inbound_messages: { owner: 'messaging', also: { privacy: 'deletes what an erased number wrote' } },
  suppressions: { owner: 'messaging', also: { privacy: 'erases the number, the hash stays' } },
  webhook_events: { owner: 'inbox', also: { privacy: 'erases bodies' } },
};

/** Statements whose table is a variable: what each module registers in `customer-data.ts`, or tables of its own. */
const VARIABLE_TABLES: Readonly<Record<string, string>> = {
  'app/modules/crm/merge/merge-customers.server.ts': 'tables that register a hand-over',
  'app/modules/privacy/erase-customer.server.ts': 'tables that register a deletion',
  'app/modules/privacy/erase-shop.server.ts': 'every table with a shop_id',
  'app/modules/ledger/write-plan-parts.server.ts': 'lots and debts',
  'app/modules/pricing/publish/write-metafields.server.ts':
    'price_customers, price_variants, price_products, and standing_customers of earning, which are alike',
  'app/modules/pricing/publish/write-prices.server.ts': 'the same three',
};

const WRITE =
  /\b(?:INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?|COPY|(?<!\b(?:DO|FOR|KEY)\s+)UPDATE)\s+(?:ONLY\s+)?(?:public\.)?"?(\w+|\$\{)/g;
const PRISMA_WRITE = /\bprisma\.(\w+)\.(?:create|createMany|update|updateMany|upsert|delete|deleteMany)\b/g;

interface Write {
  table: string;
  file: string;
  module: string;
}

function sources(): { file: string; text: string }[] {
  return fs
    .readdirSync(path.join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('types'))
    .map((name) => ({ file: `app/${name}`, text: fs.readFileSync(path.join(ROOT, 'app', name), 'utf8') }));
}

const withoutComments = (text: string) =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
const moduleOf = (file: string) => /^app\/modules\/([^/]+)/.exec(file)?.[1] ?? file;

/** The table of each Prisma model. */
function modelTables(): Map<string, string> {
  const schema = fs.readFileSync(path.join(ROOT, 'prisma/schema.prisma'), 'utf8');
  return new Map(
    [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].map(([, model = '', body = '']) => [
      model[0]!.toLowerCase() + model.slice(1),
      /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model,
    ]),
  );
}

function writes(): Write[] {
  const tables = modelTables();
  return sources().flatMap(({ file, text }) => {
    const code = withoutComments(text);
    const module = moduleOf(file);
    return [
      ...[...code.matchAll(WRITE)].map(([, table = '']) => ({ table, file, module })),
      ...[...code.matchAll(PRISMA_WRITE)].map(([, model = '']) => ({
        table: tables.get(model) ?? model,
        file,
        module,
      })),
    ];
  });
}

async function tableNames(): Promise<Set<string>> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  return new Set(rows.map(({ name }) => name));
}

test('one module writes a table, or the others are named with their reasons', () => {
  const named = writes().filter(({ table }) => table !== '${');
  const byTable = Map.groupBy(named, ({ table }) => table);
  expect(byTable.size).toBeGreaterThan(40);
  const wrong = [...byTable].flatMap(([table, writers]) => {
    const modules = [...new Set(writers.map(({ module }) => module))];
    const shared = SHARED[table];
    const owner = shared?.owner ?? modules[0];
    const strangers = modules.filter((module) => module !== owner && shared?.also[module] === undefined);
    return strangers.length === 0
      ? []
      : [
          `${table} of ${owner}: ${writers
            .filter(({ module }) => strangers.includes(module))
            .map(({ file }) => file)
            .join(', ')}`,
        ];
  });
  expect(wrong).toEqual([]);
});

test('every reason still applies', () => {
  const found = new Set(writes().map(({ table, module }) => `${table} by ${module}`));
  const named = Object.entries(SHARED).flatMap(([table, { owner, also }]) =>
    [owner, ...Object.keys(also)].map((module) => `${table} by ${module}`),
  );
  expect(named.filter((pair) => !found.has(pair))).toEqual([]);
});

test('a table is a variable only where that is written down', () => {
  const files = new Set(
    writes()
      .filter(({ table }) => table === '${')
      .map(({ file }) => file),
  );
  expect([...files].sort()).toEqual(Object.keys(VARIABLE_TABLES).sort());
});

test('the texts name tables that exist', async () => {
  const tables = await tableNames();
  const unknown = writes().filter(({ table }) => table !== '${' && !tables.has(table));
  expect(unknown).toEqual([]);
});

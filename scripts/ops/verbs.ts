import pMap from 'p-map';
import { pool } from '#app/db.server.ts';
import { gidToId } from '#app/lib/ids.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import { explainOrder } from '#app/modules/earning/explain/explain-order.server.ts';
import { listEntries, readBalances } from '#app/modules/ledger/balances.queries.server.ts';
import { rebuildShop } from '#app/modules/audit/rebuild-shop.server.ts';
import { recountCustomers } from '#app/modules/audit/recount-customers.server.ts';
import { listWrongPhones } from '#app/modules/customers/list-wrong-phones.server.ts';
import {
  findShop,
  listInstalledShops,
  listKnownShops,
  type Shop,
} from '#app/modules/shops/find-shop.server.ts';
import { inboxCounts } from '#app/modules/inbox/inbox.queries.server.ts';
import { reconcileShop } from '#app/modules/inbox/reconcile-orders.server.ts';
import { replayDeadEvents } from '#app/modules/inbox/replay-dead.server.ts';
import { margin } from './margin.ts';
import { packages } from './packages.ts';
import { prices } from './prices.ts';
import { explanationText, table } from './print.ts';
import { reseal } from './reseal.ts';
import { wallet } from './wallet.ts';
import type { VerbOptions, VerbResult } from './verb.ts';

type Verb = (options: VerbOptions) => Promise<VerbResult>;

const LEDGER_LIMIT = 50;
const RECONCILED_AT_ONCE = 4;

const VERBS: Record<string, Verb> = {
  balance,
  ledger,
  explain,
  audit,
  rebuild,
  inbox,
  replay,
  reconcile,
  phones,
  reseal,
  prices,
  margin,
  packages,
  wallet: async (options) => wallet(options, await oneShop(options)),
};

/** Runs one verb. Throws an Error that says what is wrong with the call. */
export async function runVerb(verb: string, options: VerbOptions): Promise<VerbResult> {
  const run = VERBS[verb];
  if (!run) throw new Error(`unknown verb "${verb}"; known are ${Object.keys(VERBS).join(', ')}`);
  return run(options);
}

async function shopsOf(options: VerbOptions): Promise<Shop[]> {
  if (options.shop === undefined) return listKnownShops(pool);
  const shop = await findShop(pool, options.shop);
  if (!shop) throw new Error(`no shop ${options.shop} is known here`);
  return [shop];
}

async function oneShop(options: VerbOptions): Promise<Shop> {
  const shops = await shopsOf(options);
  const [shop] = shops;
  if (!shop) throw new Error('no shop is known here yet');
  if (shops.length > 1)
    throw new Error(`--shop is needed, one of: ${shops.map(({ domain }) => domain).join(', ')}`);
  return shop;
}

/** `gid://shopify/Customer/1` or the number alone. */
function idFrom(text: string | undefined, option: 'customer' | 'order', type: string): bigint {
  if (text === undefined)
    throw new Error(`--${option} is needed, such as gid://shopify/${type}/1234567890123`);
  const id = /^\d+$/.test(text) ? BigInt(text) : gidToId(text, type);
  if (id === null) throw new Error(`--${option} ${text} is not a ${type} gid`);
  return id;
}

async function balance(options: VerbOptions): Promise<VerbResult> {
  const { shopId } = await oneShop(options);
  const balances = await readBalances(pool, shopId, [idFrom(options.customer, 'customer', 'Customer')]);
  const text =
    balances.length === 0
      ? 'no movements'
      : table(balances, ['unit', 'balance', 'available', 'held', 'pending', 'debt']);
  return { exitCode: 0, report: balances, text };
}

async function ledger(options: VerbOptions): Promise<VerbResult> {
  const { shopId } = await oneShop(options);
  const limit = options.limit === undefined ? LEDGER_LIMIT : Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new Error('--limit must be a whole number above zero');
  const entries = await listEntries({
    shopId,
    customerId: idFrom(options.customer, 'customer', 'Customer'),
    limit,
  });
  const columns = [
    'entryId',
    'createdAt',
    'kind',
    'unit',
    'amount',
    'balanceAfter',
    'orderName',
    'rule',
    'actor',
  ] as const;
  return {
    exitCode: 0,
    report: entries,
    text: entries.length === 0 ? 'no movements' : table(entries, columns),
  };
}

async function explain(options: VerbOptions): Promise<VerbResult> {
  const { shopId } = await oneShop(options);
  const explained = await explainOrder(shopId, idFrom(options.order, 'order', 'Order'));
  if (!explained) return { exitCode: 1, report: null, text: 'this order is not known here' };
  return { exitCode: 0, report: explained, text: explanationText(explained) };
}

async function audit(options: VerbOptions): Promise<VerbResult> {
  const report = [];
  for (const { shopId, domain } of await shopsOf(options))
    report.push({ shop: domain, differences: await auditShop(shopId) });
  const found = report.reduce((sum, { differences }) => sum + differences.length, 0);
  const text = report.map(({ shop, differences }) =>
    differences.length === 0
      ? `${shop}: every figure is proved`
      : `${shop}: ${differences.length} differences\n${table(differences, ['check', 'subject', 'stored', 'computed'])}`,
  );
  return { exitCode: found === 0 ? 0 : 1, report, text: text.join('\n') || 'no shop is known here yet' };
}

async function rebuild(options: VerbOptions): Promise<VerbResult> {
  const report = [];
  for (const { shopId, domain } of await shopsOf(options))
    report.push({
      shop: domain,
      mended: await rebuildShop(shopId),
      recounted: await recountCustomers(shopId),
    });
  const lines = report.map(({ shop, mended, recounted }) => {
    const tables = Object.entries(mended).map(([name, rows]) => `${name} ${rows} mended`);
    const counts = `${recounted.orders} orders and ${recounted.customers} customers counted again`;
    return `${shop}: ${[...tables, counts].join(', ')}`;
  });
  return { exitCode: 0, report, text: lines.join('\n') || 'no shop is known here yet' };
}

async function inbox(options: VerbOptions): Promise<VerbResult> {
  const shopId = options.shop === undefined ? null : (await oneShop(options)).shopId;
  const counts = await inboxCounts(shopId);
  return {
    exitCode: 0,
    report: counts,
    text: Object.entries(counts)
      .map(([state, count]) => `${state.padEnd(10)} ${String(count)}`)
      .join('\n'),
  };
}

async function replay(options: VerbOptions): Promise<VerbResult> {
  const replayed = await replayDeadEvents(
    options.shop === undefined ? {} : { shopId: (await oneShop(options)).shopId },
  );
  return { exitCode: 0, report: { replayed }, text: `${replayed} events are due again` };
}

async function reconcile(options: VerbOptions): Promise<VerbResult> {
  const report =
    options.shop === undefined
      ? await pMap(await listInstalledShops(pool), (shop) => reconcileShop(shop), {
          concurrency: RECONCILED_AT_ONCE,
        })
      : [await reconcileShop(await oneShop(options))];
  const text =
    report.length === 0
      ? 'the app is installed nowhere'
      : table(report, ['domain', 'listed', 'missed', 'error']);
  return { exitCode: report.some(({ error }) => error !== null) ? 1 : 0, report, text };
}

async function phones(options: VerbOptions): Promise<VerbResult> {
  const shops = await shopsOf(options);
  const report = await Promise.all(
    shops.map(async (shop) => ({ shop: shop.domain, wrong: await listWrongPhones(pool, shop) })),
  );
  const rows = report.flatMap(({ shop, wrong }) =>
    wrong.map((each) => ({ shop, ...each, proposal: each.proposal ?? 'ask the customer' })),
  );
  const text =
    rows.length === 0
      ? 'every phone number is valid'
      : table(rows, ['shop', 'customerId', 'field', 'stored', 'proposal']);
  return { exitCode: rows.length === 0 ? 0 : 1, report, text };
}

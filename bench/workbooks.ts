import path from 'node:path';
import { z } from 'zod';
import { workerFlags } from '../scripts/lib/worker-flags.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { alternate, medianOf } from './lib/measure.ts';
import { SHOP_ID, withClient } from './lib/shop-rows.ts';
import { runScript, withShop } from './lib/with-shop.ts';

const ROWS = process.env.BENCH_ROWS ?? '100000';
const ROUNDS = Number(process.env.BENCH_RUNS ?? 3);
const MS_PER_SECOND = 1_000;
const MANY_ROWS = 200_000;

const doneSchema = z.object({
  ms: z.number(),
  cpuMs: z.number(),
  postgresMs: z.number(),
  rows: z.number(),
  maxMb: z.number(),
  shownMs: z.number().nullable(),
});

type Done = z.output<typeof doneSchema>;

/** The log comes first. */
function lastLine(printed: string): Done {
  const lines = printed.trim().split('\n');
  if (lines.length > 1) process.stderr.write(`${lines.slice(0, -1).join('\n')}\n`);
  return doneSchema.parse(JSON.parse(lines.at(-1) ?? ''));
}

/**
 * The dry run of a workbook of 100,000 rows in 20 columns (read, matched, checked against the shop's customers, staged), beside
 * exceljs's own streaming reader on the same file, which only reads; and the same rows written into our tables, as if Shopify
 * had answered; beside an import as one usually writes it. Each run is a process, ours with the flags of the worker.
 */
export async function benchWorkbooks(run: BenchRun): Promise<Figure[]> {
  const file = path.join(run.dataDir, 'customers.xlsx');
  return withShop(
    run,
    async (database) => {
      const env = { FILES_DIR: path.join(run.dataDir, 'files') };
      const runOn = async (url: string, way: string, nodeFlags = workerFlags()) =>
        lastLine(await runScript('run-workbooks.ts', url, { args: [way, file, ROWS], env, nodeFlags }));
      // Each round begins with the same shop: what an earlier one stored would be found by the next.
      const once = (way: string, nodeFlags?: string[]) => async () => {
        const copy = await run.createDatabase(database);
        try {
          return await runOn(copy.url, way, nodeFlags);
        } finally {
          await copy.drop();
        }
      };
      await runOn(database.url, 'make');
      const results = await alternate(ROUNDS, {
        check: once('check'),
        exceljs: once('exceljs', []),
        store: once('store'),
        // Ten times as many would take more memory than the machine has.
        ...(Number(ROWS) > MANY_ROWS ? {} : { usual: once('usual', []) }),
      });
      await runOn(database.url, 'store');
      // As autovacuum does within minutes.
      await withClient(database.url, (client) => client.query('VACUUM (ANALYZE)'));
      const again = await once('check')();
      return figuresOf(results, again);
    },
    async (client) => {
      await client.query(`UPDATE shops SET country = 'ID', currency = 'IDR', time_zone = 'Asia/Jakarta'`);
      await client.query('SELECT seed_club($1, 10000)', [SHOP_ID]);
    },
  );
}

/** What the rounds of each way took, and of `again`, where all rows are customers already. */
function figuresOf(results: ReadonlyMap<string, readonly Done[]>, again: Done): Figure[] {
  const seconds = (way: string) => medianOf(results, way, ({ ms }) => ms / MS_PER_SECOND);
  const cpu = (way: string) => medianOf(results, way, ({ cpuMs }) => cpuMs / MS_PER_SECOND);
  const postgres = (way: string) => medianOf(results, way, ({ postgresMs }) => postgresMs / MS_PER_SECOND);
  const memory = (way: string) => Math.max(...(results.get(way) ?? []).map(({ maxMb }) => maxMb));
  const besideUsual = (read: () => number) =>
    results.has('usual') ? { value: read(), name: 'whole workbook in memory, createMany' } : undefined;
  const memoryTarget = `< ${Number(ROWS) > MANY_ROWS ? 450 : 250} MB`;
  const rate = medianOf(results, 'store', ({ ms, rows }) => (rows / ms) * MS_PER_SECOND);
  const what = (name: string, unit: string, target?: string) => ({
    bench: 'workbooks',
    figure: name,
    unit,
    ...(target === undefined ? {} : { target }),
  });
  return [
    figure(what('dry run', 's', 'ratio <= 1.3'), seconds('check'), {
      value: seconds('exceljs'),
      name: 'exceljs, reading only',
    }),
    figure(what('dry run, processor time of the worker', 's'), cpu('check'), {
      value: cpu('exceljs'),
      name: 'exceljs, reading only',
    }),
    figure(what('dry run, processor time of PostgreSQL', 's'), postgres('check')),
    figure(what('memory of a dry run', 'MB', memoryTarget), memory('check'), {
      value: memory('exceljs'),
      name: 'exceljs, reading only',
    }),
    figure(
      what('columns and first rows shown', 's', '< 3 s'),
      medianOf(results, 'check', ({ shownMs }) => (shownMs ?? Infinity) / MS_PER_SECOND),
    ),
    figure(what('dry run, all of them customers already', 's'), again.ms / MS_PER_SECOND, {
      value: seconds('exceljs'),
      name: 'exceljs, reading only',
    }),
    figure(
      what('dry run and storing', 's'),
      seconds('check') + seconds('store'),
      besideUsual(() => seconds('usual')),
    ),
    figure(
      what('memory of the worker', 'MB'),
      Math.max(memory('check'), memory('store')),
      besideUsual(() => memory('usual')),
    ),
    figure(what('rows into our tables', 'rows/s', '>= 8000'), rate),
    figure(what('storing, processor time of the worker', 's'), cpu('store')),
    figure(what('storing, processor time of PostgreSQL', 's'), postgres('store')),
    figure(what('memory of storing', 'MB', memoryTarget), memory('store')),
  ];
}

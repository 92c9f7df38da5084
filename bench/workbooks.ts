import path from 'node:path';
import { z } from 'zod';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { alternate, medianOf } from './lib/measure.ts';
import { SHOP_ID } from './lib/shop-rows.ts';
import { runScript, withShop } from './lib/with-shop.ts';

const ROWS = process.env.BENCH_ROWS ?? '100000';
const ROUNDS = Number(process.env.BENCH_RUNS ?? 2);
const MS_PER_SECOND = 1_000;
const HEAP_MB = 192;
/** With Node's usual space for new objects, garbage of rows lies there although none is needed. */
const SMALL_HEAP = [`--max-old-space-size=${HEAP_MB}`, '--max-semi-space-size=8'];

const doneSchema = z.object({ ms: z.number(), cpuMs: z.number(), rows: z.number(), maxMb: z.number() });

/** The log comes first. */
function lastLine(printed: string): z.output<typeof doneSchema> {
  const lines = printed.trim().split('\n');
  if (lines.length > 1) process.stderr.write(`${lines.slice(0, -1).join('\n')}\n`);
  return doneSchema.parse(JSON.parse(lines.at(-1) ?? ''));
}

/**
 * The dry run of a workbook of 100,000 rows in 20 columns (read, matched, checked against the shop's customers, staged), beside
 * exceljs's own streaming reader on the same file, which only reads; and the same rows written into our tables, as if Shopify
 * had answered. Each run is a process.
 */
export async function benchWorkbooks(run: BenchRun): Promise<Figure[]> {
  const file = path.join(run.dataDir, 'customers.xlsx');
  return withShop(
    run,
    async ({ url }) => {
      const env = { FILES_DIR: path.join(run.dataDir, 'files') };
      const once =
        (way: string, nodeFlags: string[] = []) =>
        async () =>
          lastLine(await runScript('run-workbooks.ts', url, { args: [way, file, ROWS], env, nodeFlags }));
      await once('make')();
      const results = await alternate(ROUNDS, {
        check: once('check'),
        exceljs: once('exceljs'),
        store: once('store'),
      });
      const seconds = (way: string) => medianOf(results, way, ({ ms }) => ms / MS_PER_SECOND);
      const cpu = (way: string) => medianOf(results, way, ({ cpuMs }) => cpuMs / MS_PER_SECOND);
      const small = await alternate(1, {
        check: once('check', SMALL_HEAP),
        store: once('store', SMALL_HEAP),
      });
      const memory = (way: string) => Math.max(...(small.get(way) ?? []).map(({ maxMb }) => maxMb));
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
        figure(what(`memory of a dry run, heap of ${HEAP_MB} MB`, 'MB', '< 250 MB'), memory('check')),
        figure(what('rows into our tables', 'rows/s', '>= 8000'), rate),
        figure(what('storing, processor time of the worker', 's'), cpu('store')),
        figure(what(`memory of storing, heap of ${HEAP_MB} MB`, 'MB', '< 250 MB'), memory('store')),
      ];
    },
    async (client) => {
      await client.query(`UPDATE shops SET country = 'ID', currency = 'IDR', time_zone = 'Asia/Jakarta'`);
      await client.query('SELECT seed_club($1, 10000)', [SHOP_ID]);
    },
  );
}

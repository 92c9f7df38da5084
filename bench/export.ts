import { z } from 'zod';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { alternate, medianOf } from './lib/measure.ts';
import { SHOP_ID } from './lib/shop-rows.ts';
import { runScript, withShop } from './lib/with-shop.ts';

const CUSTOMERS = Number(process.env.BENCH_CUSTOMERS ?? 100_000);
const ROUNDS = Number(process.env.BENCH_RUNS ?? 3);
const HEAP_MB = 128;
/** With Node's usual space for new objects, garbage of rows lies there although none is needed. */
const SMALL_HEAP = [`--max-old-space-size=${HEAP_MB}`, '--max-semi-space-size=4'];

const doneSchema = z.object({ ms: z.number(), rows: z.number(), maxMb: z.number() });

const FILL = `
  INSERT INTO customers (shop_id, customer_id, first_name, last_name, email, phone, country_code, province, city, district, postal_code,
    street, birth_date, interests, tags, note)
  SELECT $1, n, 'Siti ' || n, 'Rahayu', 'c' || n || '@example.com', '+628' || (1100000000 + n), 'ID', 'Jawa Barat', 'Kota Bandung',
    'Coblong', '40132', 'Jl. Dago ' || n, '1960-01-01'::date + n % 16000, '{batik,kopi}', '{vip}', 'Note ' || n
  FROM generate_series(1, $2::int) n`;

/**
 * An export of 100,000 customers in 20 columns, from the database through the worker into the storage, beside what exceljs's
 * own streaming writer takes for the same cells when they are in memory already; and the CSV. Each run is a process.
 */
export async function benchExport(run: BenchRun): Promise<Figure[]> {
  return withShop(
    run,
    async ({ url }) => {
      const once = (way: string, nodeFlags: string[]) => async () =>
        doneSchema.parse(JSON.parse(await runScript('run-export.ts', url, { args: [way], nodeFlags })));
      const ways = { xlsx: once('xlsx', []), exceljs: once('exceljs', []), csv: once('csv', []) };
      const results = await alternate(ROUNDS, ways);
      const rate = (way: keyof typeof ways) => medianOf(results, way, ({ ms, rows }) => (rows / ms) * 1_000);
      // Node lets garbage lie on a machine with much memory.
      const small = { xlsx: once('xlsx', SMALL_HEAP), csv: once('csv', SMALL_HEAP) };
      const measured = await alternate(1, small);
      const memory = (way: keyof typeof small) => medianOf(measured, way, ({ maxMb }) => maxMb);
      const what = (name: string, unit: string, target?: string) => ({
        bench: 'export',
        figure: name,
        unit,
        ...(target === undefined ? {} : { target }),
      });
      return [
        figure(what('rows to .xlsx', 'rows/s', 'ratio >= 1'), rate('xlsx'), {
          value: rate('exceljs'),
          name: 'exceljs, rows in memory',
        }),
        figure(what(`memory of the worker, heap of ${HEAP_MB} MB, .xlsx`, 'MB', '< 200 MB'), memory('xlsx')),
        figure(what('rows to .csv', 'rows/s'), rate('csv')),
        figure(what(`memory of the worker, heap of ${HEAP_MB} MB, .csv`, 'MB', '< 200 MB'), memory('csv')),
      ];
    },
    async (client) => {
      await client.query(`UPDATE shops SET country = 'ID', currency = 'IDR', time_zone = 'Asia/Jakarta'`);
      await client.query(FILL, [SHOP_ID, CUSTOMERS]);
    },
  );
}

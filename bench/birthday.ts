import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { median } from './lib/measure.ts';
import { millionCustomers, runJob, setClock } from './lib/million.ts';
import { SHOP_ID, withClient } from './lib/shop-rows.ts';

const ROUNDS = 3;
const TARGET = '< 60 s';

/**
 * The job give-gifts over a million customers: the birthdays of an ordinary day (10 % of what each has, three days after
 * one another), and a wedding day that a hundred thousand share.
 */
export async function benchBirthday(run: BenchRun): Promise<Figure[]> {
  const database = await millionCustomers(run);
  const switchOn = (kind: string, mode: string) =>
    withClient(database.url, (client) =>
      client.query(
        `INSERT INTO gift_settings (shop_id, kind, is_active, active_from, amount_mode, amount, percent_bp)
         SELECT $1, $2, true, (now() AT TIME ZONE time_zone)::date, $3, 50, 1000 FROM shops WHERE shop_id = $1`,
        [SHOP_ID, kind, mode],
      ),
    );
  await switchOn('anniversary', 'fixed');
  const wedding = await runJob(database, 'give-gifts');
  run.tell(`  ${wedding.rows} anniversary gifts in ${wedding.seconds} s`);
  await withClient(database.url, (client) => client.query('UPDATE gift_settings SET is_active = false'));
  await switchOn('birthday', 'percent');
  const seconds: number[] = [];
  let given = 0;
  for (let day = 0; day < ROUNDS; day += 1) {
    await setClock(database, day);
    const result = await runJob(database, 'give-gifts');
    run.tell(`  ${result.rows} birthday gifts in ${result.seconds} s`);
    given = result.rows;
    seconds.push(result.seconds);
  }
  await setClock(database, 0);
  const of = (name: string) => ({ bench: 'birthday', figure: name, unit: 's', target: TARGET });
  return [
    figure(of(`a million customers, ${given} birthdays`), median(seconds)),
    figure(of(`a million customers, ${wedding.rows} on one day`), wedding.seconds),
  ];
}

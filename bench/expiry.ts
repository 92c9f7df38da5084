import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { median } from './lib/measure.ts';
import { LOT_DAYS, millionCustomers, runJob, setClock } from './lib/million.ts';

const ROUNDS = 3;
const TARGET = '< 60 s';
/** A lot ends at the midnight after its last day, eight days after the 7-day reminder. */
const DAYS_TO_END = 8;

/**
 * The job expire-lots over a million customers and three million lots: in each round a lot of every customer has ended,
 * the worst that a night can bring. And the reminders to a million customers a week before.
 */
export async function benchExpiry(run: BenchRun): Promise<Figure[]> {
  const database = await millionCustomers(run);
  await setClock(database, LOT_DAYS - DAYS_TO_END);
  const reminders = await runJob(database, 'plan-reminders');
  run.tell(`  ${reminders.rows} reminders planned in ${reminders.seconds} s`);
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await setClock(database, round * LOT_DAYS);
    const result = await runJob(database, 'expire-lots');
    run.tell(`  ${result.rows} lots ended in ${result.seconds} s`);
    seconds.push(result.seconds);
  }
  await setClock(database, 0);
  const of = (name: string) => ({ bench: 'expiry', figure: name, unit: 's', target: TARGET });
  return [
    figure(of('three million lots, a million end'), median(seconds)),
    figure(of(`${reminders.rows} reminders`), reminders.seconds),
  ];
}

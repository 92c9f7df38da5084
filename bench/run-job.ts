/** `node bench/run-job.ts <job>`: runs one of the worker's jobs once and prints what it did and how long it took, in ms. */
import { pool } from '#app/db.server.ts';
import { expireLots } from '#app/modules/ledger/expiry/expire-lots.server.ts';
import { giveGifts } from '#app/modules/occasions/give-gifts.server.ts';
import { planReminders } from '#app/modules/messaging/planned/plan-reminders.server.ts';

const JOBS: Record<string, () => Promise<number>> = {
  'expire-lots': () => expireLots(),
  'give-gifts': () => giveGifts(),
  'plan-reminders': () => planReminders(),
};

const job = JOBS[process.argv[2] ?? ''];
if (!job) throw new Error(`There are: ${Object.keys(JOBS).join(', ')}.`);
const start = performance.now();
const rows = await job();
process.stdout.write(`${rows} ${Math.round(performance.now() - start)}\n`);
await pool.end();

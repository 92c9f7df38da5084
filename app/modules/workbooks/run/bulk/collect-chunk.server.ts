/** Chooses the rows of the next chunk: many that Shopify has to be asked for, all in the same step. */
import { ledgerNow, pool, withTransaction } from '#app/db.server.ts';
import { BULK_STEPS, bulkStepsOf, type BulkStep } from '#app/integrations/shopify/bulk-customers.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { invariant } from '#app/lib/errors.ts';
import type { CheckContext } from '../../import/check-rows.server.ts';
import { TurnLost, type Turn } from '../../import/import-rows.server.ts';
import { BatchPlanner, type PlannedRow } from '../plan-batch.server.ts';
import { holdLease, markSent, readOpenRows } from '../run-rows.server.ts';
import { changeOfRow } from '../send-row.server.ts';
import { knownOf, storeBatch } from '../store-batch.server.ts';
import type { WrittenRow } from '../store-rows.server.ts';
import { writtenRow } from '../plan-batch.server.ts';
import { BULK_ROWS_MIN, CHUNK_ROWS, SCANNED_ROWS_MAX } from './bulk-limits.ts';
import { addChunk, countSteps, fillChunk, takeOutOfSteps } from './chunk-rows.server.ts';

const PAGE_ROWS = 1_000;

/** Makes the next chunk; false where too few rows are left for one. */
export async function collectChunk(turn: Turn, context: CheckContext): Promise<boolean> {
  if (await collectStep(turn)) return true;
  return turn.seen.state === 'running' && collectWaiting(turn, context);
}

/** Rows that have a step behind them; too few for a chunk go one by one. */
async function collectStep(turn: Turn): Promise<boolean> {
  const { seen } = turn;
  const counts = await countSteps(pool, seen);
  for (const step of BULK_STEPS) {
    const count = counts.get(step) ?? 0;
    if (count === 0) continue;
    if (count < BULK_ROWS_MIN) {
      await takeOutOfSteps(pool, seen, step);
      continue;
    }
    const rows = Math.min(count, CHUNK_ROWS);
    const at = await ledgerNow(pool);
    await withTransaction(async (tx) => {
      if ((await holdLease(tx, turn)) !== seen.state) throw new TurnLost();
      const chunk = await addChunk(tx, seen, { step, rows, at });
      await fillChunk(tx, seen, { chunk, step, rows });
    });
    return true;
  }
  return false;
}

interface Picked {
  planned: PlannedRow;
  steps: readonly BulkStep[];
}

async function collectWaiting(turn: Turn, context: CheckContext): Promise<boolean> {
  const { seen } = turn;
  const picked = await pickRows(turn, context);
  const groups = Map.groupBy(picked, ({ steps }) => steps[0]);
  const [largest] = [...groups].toSorted(([, one], [, other]) => other.length - one.length);
  const [step, rows = []] = largest ?? [];
  if (step === undefined || rows.length < BULK_ROWS_MIN) return false;
  const at = await ledgerNow(pool);
  await withTransaction(async (tx) => {
    if ((await holdLease(tx, turn)) !== seen.state) throw new TurnLost();
    const chunk = await addChunk(tx, seen, { step, rows: rows.length, at });
    await markSent(
      tx,
      seen,
      rows.map(({ planned: { open, plan }, steps }, line) => ({
        row: open.row,
        plan: { ...plan, steps },
        place: { chunk, line, step },
      })),
    );
  });
  return true;
}

/** Looks through the waiting rows; what Shopify has nothing to do with is stored at once. */
async function pickRows(turn: Turn, context: CheckContext): Promise<Picked[]> {
  const { seen } = turn;
  const now = await ledgerNow(pool);
  const consents = { now, today: localDay(now, seen.timeZone), source: seen.choices.consentSource };
  const planner = new BatchPlanner(context);
  const picked: Picked[] = [];
  let after = 0;
  for (let scanned = 0; picked.length < CHUNK_ROWS && scanned < SCANNED_ROWS_MAX;) {
    const open = await readOpenRows(pool, seen, ['waiting', 'sent'], PAGE_ROWS, after);
    const last = open.at(-1);
    if (last === undefined) break;
    after = last.row;
    scanned += open.length;
    const personOf = await planner.peopleOf(open);
    for (const row of open) {
      const person = personOf(row);
      // Sent alone: it ends before a later row of the same customer.
      const isFree = planner.claim(row, person) && row.sentAt === null && row.plan === null;
      const planned = isFree ? planner.place(row, person) : null;
      if (!planned?.isSent || row.attempts > 0 || picked.length === CHUNK_ROWS) continue;
      const { changes, plan } = planned;
      const change = changeOfRow(changes, consents);
      const steps = bulkStepsOf({ customerId: plan.customerId, change, tags: changes.tags ?? [] });
      if (steps && steps.length > 0) picked.push({ planned, steps });
    }
    await storeOwn(turn, context, planner);
  }
  return picked;
}

async function storeOwn(turn: Turn, context: CheckContext, planner: BatchPlanner): Promise<void> {
  const { planned, ended } = planner.batch;
  const own = planned.filter(({ isSent }) => !isSent);
  const written = own.map(({ open, plan, changes }): WrittenRow => {
    invariant(plan.customerId, `row ${open.row} is written for no customer`);
    const { customerId } = plan;
    return {
      row: open.row,
      customerId,
      known: knownOf(plan),
      changes,
      updatedAt: new Date(0),
      tagsAt: null,
    };
  });
  const ends = written.map(({ row, customerId }, index) => {
    const plan = own[index]?.plan;
    invariant(plan, `row ${row} has no plan`);
    return writtenRow(row, customerId, plan, []);
  });
  planner.batch.planned.length = 0;
  planner.batch.ended = [];
  if (written.length + ended.length > 0)
    await storeBatch(turn, context, { written, ends: [...ends, ...ended] });
}

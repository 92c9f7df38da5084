/** Applies a checked import: batch after batch in the order of rows, Shopify first, then one transaction here. */
import pMap from 'p-map';
import { ledgerNow, pool, withTransaction } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { invariant } from '#app/lib/errors.ts';
import { readCheckContext } from '../import/check-context.server.ts';
import type { CheckContext } from '../import/check-rows.server.ts';
import { TurnLost, turnClock, type Turn } from '../import/import-rows.server.ts';
import { advanceChunk } from './bulk/advance-chunk.server.ts';
import { collectChunk } from './bulk/collect-chunk.server.ts';
import { endImport } from './end-import.server.ts';
import {
  BatchPlanner,
  endOf,
  refusedRow,
  writtenRow,
  type Batch,
  type PlannedRow,
} from './plan-batch.server.ts';
import {
  holdLease,
  markSent,
  readOpenRows,
  skipWaiting,
  type OpenRow,
  type RowEnd,
} from './run-rows.server.ts';
import { changeOfRow, sendRow, type RowSent } from './send-row.server.ts';
import { knownOf, storeBatch } from './store-batch.server.ts';
import type { WrittenRow } from './store-rows.server.ts';
import { whileLeased } from './while-leased.server.ts';

/** Rows a transaction at most; those that Shopify has to be asked for, a page at a time. */
const BATCH_ROWS = 1_000;
const SENT_ROWS = 20;
/** Calls at a time; Shopify's limit lets a shop do some ten a second. */
const SENDS_AT_ONCE = 4;
/** Tries without an answer after which a row is given up. */
const ATTEMPTS_MAX = 8;

/**
 * Runs an import until all rows are done, or it is paused or cancelled: many rows in chunks by bulk mutations, the others one
 * by one. A worker may be killed anywhere: rows are marked before they are sent, and stored once with their state.
 * @throws UpstreamError while Shopify does not answer
 * @throws TurnWaits while Shopify processes a chunk
 */
export async function runImport(turn: Turn, signal?: AbortSignal): Promise<void> {
  const { seen } = turn;
  invariant(seen.source, `import ${seen.importId} runs before it was read`);
  const context = await readCheckContext(seen, seen.source, seen.mapping);
  // Of a run that was cancelled only what Shopify may have heard of is found out.
  const states = seen.state === 'cancelling' ? (['sent'] as const) : (['waiting', 'sent'] as const);
  const isOver = turnClock();
  let limit = BATCH_ROWS;
  let collects = true;
  for (;;) {
    if ((await holdLease(pool, turn)) !== seen.state || signal?.aborted || isOver()) throw new TurnLost();
    if (await advanceChunk(turn, context, signal)) continue;
    collects &&= await collectChunk(turn, context);
    if (collects) continue;
    const open = await readOpenRows(pool, seen, states, limit);
    if (open.length === 0) break;
    const { batch, rows } = await planBatch(context, open);
    await runBatch(turn, context, batch);
    // Read little where Shopify is asked for most rows, and much where it is not.
    limit = Math.min(BATCH_ROWS, Math.max(SENT_ROWS, rows * 2));
  }
  await withTransaction(async (tx) => {
    if (seen.state === 'cancelling') await skipWaiting(tx, seen);
    await endImport(tx, turn, seen.state === 'cancelling' ? 'cancelled' : 'done');
  });
}

/** The first rows, up to one that names a customer whom an earlier one names. */
async function planBatch(
  context: CheckContext,
  open: readonly OpenRow[],
): Promise<{ batch: Batch; rows: number }> {
  const planner = new BatchPlanner(context);
  const personOf = await planner.peopleOf(open);
  let sent = 0;
  let rows = 0;
  for (const row of open) {
    const person = personOf(row);
    if (sent === SENT_ROWS || !planner.claim(row, person)) break;
    rows += 1;
    if (planner.place(row, person)?.isSent) sent += 1;
  }
  return { batch: planner.batch, rows };
}

async function runBatch(turn: Turn, context: CheckContext, { planned, ended }: Batch): Promise<void> {
  const { seen } = turn;
  const toSend = planned.filter(({ isSent }) => isSent);
  const now = await ledgerNow(pool);
  const answers = new Map<number, RowSent>();
  if (toSend.length > 0) {
    await withTransaction(async (tx) => {
      if ((await holdLease(tx, turn)) !== seen.state) throw new TurnLost();
      await markSent(
        tx,
        seen,
        toSend.map(({ open, plan }) => ({ row: open.row, plan })),
      );
    });
    await whileLeased(turn, async (isOurs) => {
      await pMap(
        toSend,
        async (one) => {
          if (isOurs()) answers.set(one.open.row, await send(seen.domain, one, now, seen));
        },
        { concurrency: SENDS_AT_ONCE },
      );
    });
  }
  await storeAnswers(turn, context, planned, ended, answers);
  const late = [...answers.values()].find((answer) => answer.result === 'later');
  if (late?.result === 'later') throw late.error;
}

function send(domain: string, { open, plan, changes }: PlannedRow, now: Date, seen: Turn['seen']) {
  return sendRow(domain, {
    customerId: plan.customerId,
    changes,
    change: changeOfRow(changes, {
      now,
      today: localDay(now, seen.timeZone),
      source: seen.choices.consentSource,
    }),
    sentBefore: open.sentAt,
  });
}

async function storeAnswers(
  turn: Turn,
  context: CheckContext,
  planned: readonly PlannedRow[],
  ended: readonly RowEnd[],
  answers: ReadonlyMap<number, RowSent>,
): Promise<void> {
  const ends: RowEnd[] = [...ended];
  const written: WrittenRow[] = [];
  for (const one of planned) {
    const { open, plan, changes, isSent } = one;
    const answer = isSent ? answers.get(open.row) : undefined;
    if (isSent && answer === undefined) continue;
    if (answer === undefined || answer.result === 'written') {
      const customerId = answer?.customerId ?? plan.customerId;
      invariant(customerId, `row ${open.row} is written for no customer`);
      const { updatedAt = new Date(0), tagsAt = null } = answer ?? {};
      written.push({ row: open.row, customerId, known: knownOf(plan), changes, updatedAt, tagsAt });
      ends.push(writtenRow(open.row, customerId, plan, answer?.refusals ?? []));
    } else ends.push(endOfUnwritten(one, answer));
  }
  await storeBatch(turn, context, { written, ends });
}

function endOfUnwritten({ open, plan }: PlannedRow, answer: Exclude<RowSent, { result: 'written' }>): RowEnd {
  if (answer.result === 'refused') return refusedRow(open.row, plan.customerId, answer.refusals);
  // Counted with this try: `open` was read before it.
  if (open.attempts + 1 >= ATTEMPTS_MAX)
    return refusedRow(open.row, plan.customerId, [{ field: null, reason: 'no_answer' }]);
  const outcome = plan.before === null ? 'created' : 'updated';
  return endOf(open.row, answer.isUnsent ? 'waiting' : 'sent', outcome, plan.customerId);
}

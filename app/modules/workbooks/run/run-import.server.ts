/** Applies a checked import: batch after batch in the order of rows, Shopify first, then one transaction here. */
import pMap from 'p-map';
import { ledgerNow, pool, withTransaction } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { invariant } from '#app/lib/errors.ts';
import { readCheckContext } from '../import/check-context.server.ts';
import type { CheckContext } from '../import/check-rows.server.ts';
import { findPeople, personOf, type Person } from '../import/find-people.server.ts';
import { TurnLost, turnClock, type Turn } from '../import/import-rows.server.ts';
import { planRow } from '../rules/plan-row.ts';
import type { RowChanges } from '../rules/row-changes.ts';
import { endImport } from './end-import.server.ts';
import {
  holdLease,
  markSent,
  readOpenRows,
  skipWaiting,
  storeRowEnds,
  type OpenRow,
  type RowEnd,
} from './run-rows.server.ts';
import { changeOfRow, sendRow, type RowRefusal, type RowSent } from './send-row.server.ts';
import { afterOf, beforeOf } from './stored-changes.ts';
import { storeRows, type WrittenRow } from './store-rows.server.ts';
import { whileLeased } from './while-leased.server.ts';

/** Rows a transaction at most; those that Shopify has to be asked for, a page at a time. */
const BATCH_ROWS = 1_000;
const SENT_ROWS = 20;
/** Calls at a time; Shopify's limit lets a shop do some ten a second. */
const SENDS_AT_ONCE = 4;
/** Tries without an answer after which a row is given up. */
const ATTEMPTS_MAX = 8;

interface PlannedRow {
  open: OpenRow;
  person: Person | null;
  changes: RowChanges;
  isSent: boolean;
}

interface Batch {
  planned: PlannedRow[];
  ended: RowEnd[];
  /** How many of the rows that were read are in it. */
  rows: number;
}

/**
 * Runs an import until all rows are done, or it is paused or cancelled. A worker may be killed anywhere: rows are marked
 * before they are sent, and stored once with their state.
 * @throws UpstreamError while Shopify does not answer
 */
export async function runImport(turn: Turn, signal?: AbortSignal): Promise<void> {
  const { seen } = turn;
  invariant(seen.source, `import ${seen.importId} runs before it was read`);
  const context = await readCheckContext(seen, seen.source, seen.mapping);
  // Of a run that was cancelled only what Shopify may have heard of is found out.
  const states = seen.state === 'cancelling' ? (['sent'] as const) : (['waiting', 'sent'] as const);
  const isOver = turnClock();
  let limit = BATCH_ROWS;
  for (;;) {
    if ((await holdLease(pool, turn)) !== seen.state || signal?.aborted || isOver()) throw new TurnLost();
    const open = await readOpenRows(pool, seen, states, limit);
    if (open.length === 0) break;
    const batch = await planBatch(context, open);
    await runBatch(turn, context, batch);
    // Read little where Shopify is asked for most rows, and much where it is not.
    limit = Math.min(BATCH_ROWS, Math.max(SENT_ROWS, batch.rows * 2));
  }
  await withTransaction(async (tx) => {
    if (seen.state === 'cancelling') await skipWaiting(tx, seen);
    await endImport(tx, turn, seen.state === 'cancelling' ? 'cancelled' : 'done');
  });
}

/**
 * The first rows, up to one that names a customer whom an earlier one names: it is planned when that one is stored.
 */
async function planBatch(context: CheckContext, open: readonly OpenRow[]): Promise<Batch> {
  const people = await findPeople(
    pool,
    context.key.shopId,
    open.map(({ values }) => values),
  );
  const batch: Batch = { planned: [], ended: [], rows: 0 };
  const named = new Set<string>();
  let sent = 0;
  for (const row of open) {
    const { person } = personOf(row.values, people, context.choices);
    const names = namesOf(row, person);
    if (names.some((name) => named.has(name)) || sent === SENT_ROWS) break;
    for (const name of names) named.add(name);
    batch.rows += 1;
    const isSent = place(batch, row, person, context);
    if (isSent) sent += 1;
  }
  return batch;
}

function namesOf({ values: { phone, email } }: OpenRow, person: Person | null): string[] {
  return [phone, email, person?.customerId.toString()].filter((name) => typeof name === 'string');
}

/** Puts a row where it belongs; returns whether Shopify has to be asked. */
function place(batch: Batch, open: OpenRow, found: Person | null, context: CheckContext): boolean {
  // Sent as a new customer: whom Shopify told us of since is the one that was created.
  const person = open.isSentAsNew ? null : found;
  const plan = planRow(open, person, context.choices, context);
  if (plan.what !== 'write') {
    const id = person?.customerId ?? null;
    batch.ended.push(
      plan.what === 'skip'
        ? endOf(open.row, 'skipped', plan.outcome, id)
        : refusedRow(open.row, id, [{ field: plan.field, reason: plan.reason }]),
    );
    return false;
  }
  const { changes } = plan;
  const asksShopify = person === null || Object.keys(changes.fields).length > 0 || changes.tags !== undefined;
  batch.planned.push({ open, person, changes, isSent: asksShopify });
  return asksShopify;
}

function endOf(
  row: number,
  state: RowEnd['state'],
  outcome: RowEnd['outcome'],
  customerId: bigint | null,
): RowEnd {
  return { row, state, outcome, customerId, refusals: [], before: null, after: null };
}

function refusedRow(row: number, customerId: bigint | null, refusals: readonly RowRefusal[]): RowEnd {
  return { ...endOf(row, 'refused', 'refused', customerId), refusals };
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
        toSend.map(({ open, person }) => ({ row: open.row, isNew: person === null })),
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
  await store(turn, context, { planned, ended, answers, now });
  const late = [...answers.values()].find((answer) => answer.result === 'later');
  if (late?.result === 'later') throw late.error;
}

function send(domain: string, { open, person, changes }: PlannedRow, now: Date, seen: Turn['seen']) {
  return sendRow(domain, {
    customerId: person?.customerId ?? null,
    changes,
    change: changeOfRow(changes, {
      now,
      today: localDay(now, seen.timeZone),
      source: seen.choices.consentSource,
    }),
    sentBefore: open.sentAt,
  });
}

interface Stored {
  planned: readonly PlannedRow[];
  ended: readonly RowEnd[];
  answers: ReadonlyMap<number, RowSent>;
  now: Date;
}

async function store(
  turn: Turn,
  context: CheckContext,
  { planned, ended, answers, now }: Stored,
): Promise<void> {
  const { seen } = turn;
  const ends: RowEnd[] = [...ended];
  const written: WrittenRow[] = [];
  for (const one of planned) {
    const { open, person, changes, isSent } = one;
    const answer = isSent ? answers.get(open.row) : undefined;
    if (isSent && answer === undefined) continue;
    if (answer === undefined || answer.result === 'written') {
      const customerId = answer?.customerId ?? person?.customerId;
      invariant(customerId, `row ${open.row} is written for no customer`);
      const { updatedAt = new Date(0), tagsAt = null } = answer ?? {};
      written.push({ row: open.row, customerId, person, changes, updatedAt, tagsAt });
    }
    ends.push(endOfPlanned(one, answer));
  }
  await withTransaction(async (tx) => {
    await holdLease(tx, turn);
    const gone = await storeRows(
      tx,
      { seen, actor: seen.runBy ?? 'import', now, allowsDiscount: context.allowsDiscount },
      written,
    );
    await storeRowEnds(
      tx,
      seen,
      ends.map((end) =>
        gone.has(end.row)
          ? refusedRow(end.row, end.customerId, [{ field: null, reason: 'unknown_customer' }])
          : end,
      ),
    );
  });
}

function endOfPlanned({ open, person, changes }: PlannedRow, answer: RowSent | undefined): RowEnd {
  const outcome = person === null ? 'created' : 'updated';
  const end = endOf(open.row, 'done', outcome, person?.customerId ?? null);
  if (answer?.result === 'later') {
    // Counted with this try: `open` was read before it.
    if (open.attempts + 1 >= ATTEMPTS_MAX)
      return refusedRow(open.row, end.customerId, [{ field: null, reason: 'no_answer' }]);
    return { ...end, state: answer.isUnsent ? 'waiting' : 'sent' };
  }
  if (answer?.result === 'refused') return refusedRow(open.row, end.customerId, answer.refusals);
  const isWhole = answer === undefined || answer.refusals.length === 0;
  return {
    ...end,
    state: isWhole ? 'done' : 'refused',
    outcome: isWhole ? outcome : 'refused',
    customerId: answer?.customerId ?? end.customerId,
    refusals: answer?.refusals ?? [],
    before: person === null ? null : beforeOf(changes, person),
    after: afterOf(changes),
  };
}

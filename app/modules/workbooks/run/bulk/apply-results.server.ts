/** Results of a chunk, in whatever order they come: rows go to their next step, or end. */
import { withTransaction } from '#app/db.server.ts';
import {
  readBulkLine,
  type BulkStep,
  type LineResult,
} from '#app/integrations/shopify/bulk-customers.server.ts';
import { streamBulkLines } from '#app/integrations/shopify/bulk.server.ts';
import type { CheckContext } from '../../import/check-rows.server.ts';
import { TurnLost, type Turn } from '../../import/import-rows.server.ts';
import type { StoredChanges } from '../../rules/plan-undo.ts';
import { refusedRow, writtenRow } from '../plan-batch.server.ts';
import { changesOfPlan, type SentPlan } from '../row-plan.ts';
import { holdLease, type RowEnd } from '../run-rows.server.ts';
import { knownOf, storeBatch } from '../store-batch.server.ts';
import type { WrittenRow } from '../store-rows.server.ts';
import { PAGES_AT_ONCE, RESULT_ROWS } from './bulk-limits.ts';
import {
  advanceRows,
  readChunkRows,
  takeOutOfChunk,
  type Chunk,
  type ChunkRow,
} from './chunk-rows.server.ts';
import { pool } from '#app/db.server.ts';

/**
 * Reads the results and stores them in pages, whose rows are of different customers; read again after a crash, a row that was
 * stored is left alone.
 */
export async function applyResults(
  turn: Turn,
  context: CheckContext,
  chunk: Chunk,
  url: string,
  signal?: AbortSignal,
): Promise<void> {
  const store = async (page: ReadonlyMap<number, LineResult>) => {
    const rows = await readChunkRows(pool, turn.seen, chunk.chunk, [...page.keys()]);
    await storePage(turn, context, chunk, rows, page);
    if (signal?.aborted) throw new TurnLost();
  };
  // One that fails stays, so that it is noticed.
  const storing = new Set<Promise<unknown>>();
  try {
    for await (const page of readPages(chunk, url, signal)) {
      if (storing.size === PAGES_AT_ONCE) await Promise.race(storing);
      const one: Promise<unknown> = store(page).then(() => storing.delete(one));
      one.catch(() => undefined);
      storing.add(one);
    }
    await Promise.all(storing);
  } finally {
    await Promise.allSettled(storing);
  }
}

/** Results by their lines, in pages. */
async function* readPages(
  { step }: Chunk,
  url: string,
  signal?: AbortSignal,
): AsyncGenerator<ReadonlyMap<number, LineResult>> {
  let page = new Map<number, LineResult>();
  for await (const { value } of streamBulkLines(url, 0, signal)) {
    const read = readBulkLine(step, value);
    if (read) page.set(read.line, read.result);
    if (page.size < RESULT_ROWS) continue;
    yield page;
    page = new Map();
  }
  if (page.size > 0) yield page;
}

interface Outcome {
  written: WrittenRow[];
  ends: RowEnd[];
  further: { row: number; plan: SentPlan }[];
  alone: number[];
}

async function storePage(
  turn: Turn,
  context: CheckContext,
  chunk: Chunk,
  rows: readonly ChunkRow[],
  results: ReadonlyMap<number, LineResult>,
): Promise<void> {
  const outcome: Outcome = { written: [], ends: [], further: [], alone: [] };
  for (const row of rows) {
    const result = results.get(row.line);
    if (result) place(outcome, chunk, row, result);
  }
  const { written, ends, further, alone } = outcome;
  if (written.length + ends.length + further.length + alone.length === 0) {
    await withTransaction((tx) => holdLease(tx, turn));
    return;
  }
  await storeBatch(turn, context, { written, ends }, async (tx) => {
    await advanceRows(tx, turn.seen, further);
    if (alone.length > 0) await takeOutOfChunk(tx, turn.seen, chunk.chunk, alone);
  });
}

function place(outcome: Outcome, { step, tries }: Chunk, row: ChunkRow, result: LineResult): void {
  const { plan } = row;
  if (result.outcome === 'unclear') return void outcome.alone.push(row.row);
  if (result.outcome === 'gone')
    return void outcome.ends.push(
      refusedRow(row.row, plan.customerId, [{ field: null, reason: 'unknown_customer' }]),
    );
  if (result.outcome === 'refused' && step === 'set') {
    const isTaken = result.refusals.some(({ reason }) => reason === 'taken');
    // A start whose answer was lost may have run twice: then it is ours, and is looked up.
    if (isTaken && plan.customerId === null && tries > 1) return void outcome.alone.push(row.row);
    return void outcome.ends.push(refusedRow(row.row, plan.customerId, result.refusals));
  }
  const next = result.outcome === 'written' ? afterStep(plan, step, result) : withoutStep(plan, step, result);
  if (next.steps.length > 0) return void outcome.further.push({ row: row.row, plan: next });
  const { customerId } = next;
  if (customerId === null) return void outcome.alone.push(row.row);
  outcome.written.push({
    row: row.row,
    customerId,
    known: knownOf(next),
    changes: changesOfPlan(next, row.values),
    updatedAt: next.updatedAt ?? new Date(0),
    tagsAt: next.tagsAt,
  });
  outcome.ends.push(writtenRow(row.row, customerId, next, next.refusals));
}

function afterStep(
  plan: SentPlan,
  step: BulkStep,
  { customerId, updatedAt }: Extract<LineResult, { outcome: 'written' }>,
): SentPlan {
  const isCreated = step === 'set' && plan.customerId === null;
  const hasTags = (plan.after.tags?.length ?? 0) > 0 && (step === 'tags' || isCreated);
  const latest = Math.max(plan.updatedAt?.getTime() ?? 0, updatedAt?.getTime() ?? 0);
  return {
    ...plan,
    customerId: plan.customerId ?? customerId,
    steps: plan.steps.filter((each) => each !== step),
    updatedAt: new Date(latest),
    tagsAt: hasTags ? new Date(latest) : plan.tagsAt,
  };
}

/** What a step after the first refuses is left out of what the row writes; the rest of it is done. */
function withoutStep(
  plan: SentPlan,
  step: BulkStep,
  { refusals }: Extract<LineResult, { outcome: 'refused' }>,
): SentPlan {
  return {
    ...plan,
    after: withoutFieldsOf(plan.after, step),
    steps: plan.steps.filter((each) => each !== step),
    updatedAt: plan.updatedAt ?? new Date(0),
    refusals: [...plan.refusals, ...refusals.map(({ reason }) => ({ field: FIELD_OF_STEP[step], reason }))],
  };
}

const FIELD_OF_STEP: Readonly<Record<BulkStep, string | null>> = {
  set: null,
  metafields: null,
  email_consent: 'emailConsent',
  sms_consent: 'smsConsent',
  tags: 'tags',
};

/** The fields that a step writes at Shopify; of the address the district, which stays with the rest of it. */
function withoutFieldsOf(after: StoredChanges, step: BulkStep): StoredChanges {
  const { fields, tags, ...own } = after;
  const { smsConsent, emailConsent, ...others } = fields;
  const { gender, birthDate, weddingDate, housing, weightGrams, heightMm, interests, social, ...plain } =
    others;
  const kept = {
    ...(step === 'metafields' ? plain : others),
    ...(step === 'sms_consent' || smsConsent === undefined ? {} : { smsConsent }),
    ...(step === 'email_consent' || emailConsent === undefined ? {} : { emailConsent }),
  };
  return { ...own, fields: kept, ...(step === 'tags' || tags === undefined ? {} : { tags }) };
}

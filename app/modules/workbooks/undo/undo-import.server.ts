/** Takes an import back, row by row from the last: what was changed since stays. */
import pMap from 'p-map';
import { ledgerNow, pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { changeCustomer, deleteCustomer } from '#app/integrations/shopify/customers.server.ts';
import { removeTags } from '#app/integrations/shopify/tags.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { hashNationalId } from '#app/modules/customers/national-id.server.ts';
import { recordCustomers } from '#app/modules/customers/record-customers.server.ts';
import { markDeleted } from '#app/modules/customers/remove-records.server.ts';
import { stateTimestamp } from '#app/modules/customers/rules/decode-customer.ts';
import { storeNationalId } from '#app/modules/customers/store-own-fields.server.ts';
import { storeTermsOf } from '#app/modules/customers/store-terms.server.ts';
import { takeBackOpenings } from '#app/modules/ledger/opening-balances.server.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { setTier } from '#app/modules/membership/set-tier.server.ts';
import { recordTagAnswers } from '#app/modules/tags/record-tags.server.ts';
import { findPeople, type Person } from '../import/find-people.server.ts';
import { TurnLost, turnClock, type Turn } from '../import/import-rows.server.ts';
import { isUntouched, planUndo, type UndoPlan } from '../rules/plan-undo.ts';
import { endImport } from '../run/end-import.server.ts';
import { holdLease } from '../run/run-rows.server.ts';
import { changeOfRow } from '../run/send-row.server.ts';
import { openingKey } from '../run/store-rows.server.ts';
import { whileLeased } from '../run/while-leased.server.ts';
import {
  findUsed,
  readUndoRows,
  storeUndone,
  type UndoOutcome,
  type WrittenBefore,
} from './undo-rows.server.ts';

const BATCH_ROWS = 20;
const SENDS_AT_ONCE = 4;

interface Undoing {
  written: WrittenBefore;
  person: Person | null;
  /** Null for one whom the import created. */
  plan: UndoPlan | null;
  deletes: boolean;
}

/** What Shopify said. */
interface Answer {
  /** The customer is deleted there. */
  isDeleted: boolean;
  /** What was written back there, and when; null where it was refused. */
  updatedAt: Date | null;
  tagsAt: Date | null;
}

/**
 * Undoes an import in batches. Repeating a row changes nothing: what is already as before is left alone.
 * @throws UpstreamError while Shopify does not answer
 */
export async function undoImport(turn: Turn, signal?: AbortSignal): Promise<void> {
  const isOver = turnClock();
  for (;;) {
    if ((await holdLease(pool, turn)) !== 'undoing' || signal?.aborted || isOver()) throw new TurnLost();
    const rows = await readUndoRows(pool, turn.seen, BATCH_ROWS);
    if (rows.length === 0) break;
    await undoBatch(turn, firstOfEach(rows));
  }
  await withTransaction((tx) => endImport(tx, turn, 'undone'));
}

/** Up to the first row of a customer who has one in the batch already. */
function firstOfEach(rows: readonly WrittenBefore[]): WrittenBefore[] {
  const seen = new Set<bigint>();
  const first: WrittenBefore[] = [];
  for (const row of rows) {
    if (seen.has(row.customerId)) break;
    seen.add(row.customerId);
    first.push(row);
  }
  return first;
}

async function undoBatch(turn: Turn, rows: readonly WrittenBefore[]): Promise<void> {
  const { seen } = turn;
  const planned = await planRows(turn, rows);
  const now = await ledgerNow(pool);
  const answers = new Map<number, Answer>();
  let trouble: unknown = null;
  await whileLeased(turn, async (isOurs) => {
    const ask = async (one: Undoing): Promise<void> => {
      if (!isOurs() || trouble !== null) return;
      try {
        answers.set(one.written.row, await askShopify(seen.domain, one, now, seen.timeZone));
      } catch (error) {
        trouble = error;
      }
    };
    await pMap(planned, ask, { concurrency: SENDS_AT_ONCE });
  });
  await withTransaction(async (tx) => {
    await holdLease(tx, turn);
    const ends: { row: number; outcome: UndoOutcome }[] = [];
    for (const one of planned.toSorted((a, b) => (a.written.customerId < b.written.customerId ? -1 : 1))) {
      const answer = answers.get(one.written.row);
      if (answer) ends.push({ row: one.written.row, outcome: await storeOne(tx, turn, one, answer) });
    }
    await storeUndone(tx, seen, ends);
  });
  if (trouble !== null) throw trouble;
}

async function planRows({ seen }: Turn, rows: readonly WrittenBefore[]): Promise<Undoing[]> {
  const { shopId } = seen;
  const ids = rows.map(({ customerId }) => customerId);
  const [people, used] = await Promise.all([
    findPeople(
      pool,
      shopId,
      ids.map((id) => ({ customerId: id.toString() })),
    ),
    findUsed(pool, seen, ids),
  ]);
  return rows.map((written) => {
    const { before, after, customerId, isCreated, nationalId } = written;
    const person = people.byId.get(customerId.toString()) ?? null;
    if (person === null) return { written, person, plan: null, deletes: false };
    if (isCreated)
      return { written, person, plan: null, deletes: !used.has(customerId) && isUntouched(person, after) };
    const hash = person.nationalIdHash;
    const isOurs = nationalId !== null && hash !== null && hashNationalId(shopId, nationalId).includes(hash);
    return { written, person, plan: planUndo(person, before, after, isOurs), deletes: false };
  });
}

async function askShopify(domain: string, one: Undoing, now: Date, timeZone: string): Promise<Answer> {
  const { written, plan, deletes } = one;
  const { customerId } = written;
  if (deletes)
    return {
      isDeleted: (await deleteCustomer(domain, customerId)) === 'deleted',
      updatedAt: null,
      tagsAt: null,
    };
  if (plan === null) return { isDeleted: false, updatedAt: null, tagsAt: null };
  const context = { now, today: localDay(now, timeZone), source: 'other' as const };
  const change = changeOfRow({ fields: plan.fields }, context);
  let updatedAt: Date | null = new Date(0);
  if (Object.keys(change).length > 0) {
    const answer = await changeOrRefuse(domain, customerId, change);
    updatedAt = answer?.outcome === 'written' ? answer.updatedAt : null;
  }
  if (plan.tags.length === 0) return { isDeleted: false, updatedAt, tagsAt: null };
  const tags = await removeTags(domain, customerId, plan.tags);
  return { isDeleted: false, updatedAt, tagsAt: tags.outcome === 'written' ? tags.at : null };
}

/** Null for what Shopify never accepts. */
async function changeOrRefuse(...call: Parameters<typeof changeCustomer>) {
  try {
    return await changeCustomer(...call);
  } catch (error) {
    if (error instanceof UpstreamError && !error.retryable) return null;
    throw error;
  }
}

async function storeOne(tx: Transaction, turn: Turn, one: Undoing, answer: Answer): Promise<UndoOutcome> {
  const { seen } = turn;
  const { shopId, importId } = seen;
  const { written, person, plan } = one;
  const actor = seen.undoneBy ?? 'import';
  const openings = written.after.hasOpening
    ? await takeBackOpenings(tx, {
        shopId,
        actor,
        keys: (['POINTS', 'CREDIT'] as const).map((unit) => openingKey(importId, written.row, unit)),
      })
    : [];
  const hasTaken = openings.some(({ taken }) => taken > 0n);
  const isAllTaken = openings.every(({ taken, given }) => taken === given);
  if (answer.isDeleted) {
    await markDeleted(tx, shopId, written.customerId);
    return isAllTaken ? 'undone' : 'partly';
  }
  // Deleted meanwhile, by an earlier try or by staff.
  if (person === null && written.isCreated) return isAllTaken ? 'undone' : 'partly';
  if (person === null || plan === null) return hasTaken ? 'partly' : 'kept';
  const isWritten = answer.updatedAt !== null && (await storePlan(tx, turn, one, plan, answer));
  const changes = countChanges(plan);
  const isWhole =
    isWritten && isAllTaken && !plan.isPartial && (plan.tags.length === 0 || answer.tagsAt !== null);
  if (isWhole) return 'undone';
  return hasTaken || (isWritten && changes > 0) ? 'partly' : 'kept';
}

function countChanges({ fields, isPartial: _isPartial, tags, removesNationalId, ...own }: UndoPlan): number {
  return Object.keys(fields).length + Object.keys(own).length + tags.length + (removesNationalId ? 1 : 0);
}

async function storePlan(
  tx: Transaction,
  { seen }: Turn,
  { written: { customerId } }: Undoing,
  plan: UndoPlan,
  { updatedAt, tagsAt }: Answer,
): Promise<boolean> {
  const { shopId, fileName } = seen;
  const actor = seen.undoneBy ?? 'import';
  const key = { shopId, customerId };
  if (Object.keys(plan.fields).length > 0)
    await recordCustomers(tx, [
      {
        ...key,
        at: stateTimestamp(updatedAt ?? new Date(0), new Date()),
        source: 'import',
        actor,
        fields: plan.fields,
      },
    ]);
  const { categoryId, personDiscountBp, tierId } = plan;
  if (categoryId !== undefined || personDiscountBp !== undefined)
    await storeTermsOf(
      tx,
      shopId,
      [
        {
          customerId,
          ...(categoryId === undefined
            ? {}
            : { categoryId: categoryId === null ? null : BigInt(categoryId) }),
          ...(personDiscountBp === undefined ? {} : { percent: personDiscountBp }),
        },
      ],
      actor,
    );
  if (categoryId !== undefined) await queueEvaluation(tx, [key]);
  if (tierId !== undefined)
    await setTier(tx, {
      ...key,
      tierId: BigInt(tierId),
      reason: fileName.slice(0, 200).trim() || 'import',
      actor,
    });
  if (plan.removesNationalId) await storeNationalId(tx, key, null, actor);
  if (tagsAt !== null)
    await recordTagAnswers(
      tx,
      plan.tags.map((name) => ({ ...key, name, isOn: false, at: tagsAt })),
    );
  return true;
}

/** What the next rows of an import do, over the customers as they are now. */
import { pool } from '#app/db.server.ts';
import type { CheckContext } from '../import/check-rows.server.ts';
import { findPeople, personOf, type Person } from '../import/find-people.server.ts';
import { planRow } from '../rules/plan-row.ts';
import type { RowChanges } from '../rules/row-changes.ts';
import type { OpenRow, RowEnd } from './run-rows.server.ts';
import { changesOfPlan, type RowRefusal, type SentPlan } from './row-plan.ts';
import { afterOf, beforeOf } from './stored-changes.ts';

export interface PlannedRow {
  open: OpenRow;
  plan: SentPlan;
  changes: RowChanges;
  /** Whether Shopify has to be asked. */
  isSent: boolean;
}

export interface Batch {
  planned: PlannedRow[];
  ended: RowEnd[];
}

/** Plans rows one after another, each for a customer whom no earlier row of it names. */
export class BatchPlanner {
  readonly batch: Batch = { planned: [], ended: [] };
  readonly #context: CheckContext;
  readonly #named = new Set<string>();

  constructor(context: CheckContext) {
    this.#context = context;
  }

  /** Finds whom rows name; to be called with the rows before they are added. */
  async peopleOf(rows: readonly OpenRow[]) {
    const values = rows.map(({ values: each }) => each);
    const people = await findPeople(pool, this.#context.key.shopId, values);
    return (row: OpenRow): Person | null => personOf(row.values, people, this.#context.choices).person;
  }

  /** Notes whom a row names; false when an earlier one names them too: it is planned when that one is stored. */
  claim(row: OpenRow, person: Person | null): boolean {
    const { phone, email } = row.values;
    const id = row.plan?.customerId ?? person?.customerId;
    const names = [phone, email, id?.toString()].filter((name) => typeof name === 'string');
    const isFirst = !names.some((name) => this.#named.has(name));
    for (const name of names) this.#named.add(name);
    return isFirst;
  }

  /** Puts a row where it belongs; returns how it is planned, null for one that has ended. */
  place(open: OpenRow, found: Person | null): PlannedRow | null {
    const planned = open.plan === null ? this.#plan(open, found) : asPlanned(open, open.plan);
    if (planned) this.batch.planned.push(planned);
    return planned;
  }

  #plan(open: OpenRow, found: Person | null): PlannedRow | null {
    // Sent as a new customer: whom Shopify told us of since is the one that was created.
    const person = open.isSentAsNew ? null : found;
    const plan = planRow(open, person, this.#context.choices, this.#context);
    if (plan.what !== 'write') {
      const id = person?.customerId ?? null;
      this.batch.ended.push(
        plan.what === 'skip'
          ? endOf(open.row, 'skipped', plan.outcome, id)
          : refusedRow(open.row, id, [{ field: plan.field, reason: plan.reason }]),
      );
      return null;
    }
    const { changes } = plan;
    const isSent = person === null || Object.keys(changes.fields).length > 0 || changes.tags !== undefined;
    return { open, plan: planToSend(changes, person), changes, isSent };
  }
}

/** Sent before, by a worker that died or in a chunk: as it was planned then. */
function asPlanned(open: OpenRow, plan: SentPlan): PlannedRow {
  return { open, plan, changes: changesOfPlan(plan, open.values), isSent: true };
}

function planToSend(changes: RowChanges, person: Person | null): SentPlan {
  return {
    customerId: person?.customerId ?? null,
    after: afterOf(changes),
    before: person && beforeOf(changes, person),
    categoryId: person?.categoryId ?? null,
    steps: [],
    updatedAt: null,
    tagsAt: null,
    refusals: [],
  };
}

/** A row that ends without having written anything. */
export function endOf(
  row: number,
  state: RowEnd['state'],
  outcome: RowEnd['outcome'],
  customerId: bigint | null,
): RowEnd {
  return { row, state, outcome, customerId, refusals: [], before: null, after: null };
}

/** A row that is not written. */
export function refusedRow(row: number, customerId: bigint | null, refusals: readonly RowRefusal[]): RowEnd {
  return { ...endOf(row, 'refused', 'refused', customerId), refusals };
}

/** A row that is written, perhaps without what was refused. */
export function writtenRow(
  row: number,
  customerId: bigint,
  { before, after }: Pick<SentPlan, 'before' | 'after'>,
  refusals: readonly RowRefusal[],
): RowEnd {
  const isWhole = refusals.length === 0;
  const outcome = before === null ? 'created' : 'updated';
  return {
    row,
    state: isWhole ? 'done' : 'refused',
    outcome: isWhole ? outcome : 'refused',
    customerId,
    refusals,
    before,
    after,
  };
}

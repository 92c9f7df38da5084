/** The customers of a bulk action: ticked rows, or all that match a filter when it runs. */
import { z } from 'zod';
import type { Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { readCustomerFilter, type CustomerFilter } from './customer-filter.ts';
import { prepareFilter, whereOf } from './filter-sql.server.ts';

/** More are selected by a filter, never one by one. */
export const TICKED_MAX = 1_000;
/** A filter as an address; a rule of 50 conditions has room. */
const ADDRESS_CHARACTERS_MAX = 50_000;

export type CustomerSelection = { ids: readonly bigint[] } | { filter: CustomerFilter };

/** A statement that returns `customer_id` of each selected customer. Its values are $1, $2 ...; add yours after them. */
export interface SelectedCustomers {
  sql: string;
  values: unknown[];
}

const idText = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt);
const selectionForm = z.union([
  z.object({ ids: z.array(idText).min(1).max(TICKED_MAX) }),
  z.object({ filter: z.string().max(ADDRESS_CHARACTERS_MAX) }),
]);

/**
 * The selection as the list's browser part sends it: `{ ids: ["1", "2"] }` or `{ filter: "tab=new&city=3273" }`, which
 * is the list's address. Null for anything else.
 */
export function readSelection(input: unknown): CustomerSelection | null {
  const form = selectionForm.safeParse(input);
  if (!form.success) return null;
  if ('ids' in form.data) return form.data;
  return { filter: readCustomerFilter(new URLSearchParams(form.data.filter)) };
}

/**
 * The shop's customers of a selection, as a statement to join in set-based SQL (`WITH selected AS (<sql>) ...`). Ids
 * of other shops, and of customers deleted or merged since, select nothing.
 */
export async function selectCustomers(
  tx: Queryable,
  shopId: bigint,
  selection: CustomerSelection,
): Promise<SelectedCustomers> {
  if ('ids' in selection)
    return {
      sql: `SELECT s.customer_id FROM customer_stats s WHERE s.shop_id = $1 AND s.standing <> 'gone' AND s.customer_id = ANY($2::bigint[])`,
      values: [shopId, bigintArray(selection.ids)],
    };
  const prepared = await prepareFilter(tx, shopId, selection.filter);
  const values = [...prepared.parameters];
  return {
    sql: `SELECT s.customer_id FROM customer_stats s WHERE ${whereOf(prepared, { gather: null }, values)}`,
    values,
  };
}

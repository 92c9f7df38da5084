/** Filters that staff saved under a name, for everyone in the shop. */
import { z } from 'zod';
import type { SaveAnswer } from '#app/components/use-draft.ts';
import { pool } from '#app/db.server.ts';
import { fieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { filterParams, readLedgerFilter } from '../ledger/ledger-filter.ts';
import { FILTER_NAME_CHARACTERS_MAX, SAVED_FILTERS_MAX } from './filter-limits.ts';

export interface SavedFilter {
  filterId: bigint;
  name: string;
  /** The screen's address parameters. */
  query: string;
}

/** Lists the saved filters of the ledger, by name. */
export async function listSavedFilters(shopId: bigint): Promise<SavedFilter[]> {
  const { rows } = await pool.query<SavedFilter>(
    `SELECT filter_id AS "filterId", name, query FROM saved_filters WHERE shop_id = $1 AND screen = 'ledger'
      ORDER BY lower(name) LIMIT ${SAVED_FILTERS_MAX}`,
    [shopId],
  );
  return rows;
}

const saveForm = z.object({
  intent: z.literal('save_filter'),
  name: z.string().trim().min(1, 'required').max(FILTER_NAME_CHARACTERS_MAX, 'too_long'),
  query: z.string().max(2_000),
});

/** Saves or removes a filter, as the screen posted it; null for a post that is neither. */
export async function actOnSavedFilters(
  shopId: bigint,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<SaveAnswer | null> {
  if (values.intent === 'remove_filter') {
    const filterId = typeof values.filterId === 'string' ? readIdParam(values.filterId) : null;
    if (filterId === null) return null;
    await pool.query('DELETE FROM saved_filters WHERE shop_id = $1 AND filter_id = $2', [shopId, filterId]);
    return { ok: true };
  }
  if (values.intent !== 'save_filter') return null;
  const form = saveForm.safeParse(values);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const query = storableQuery(form.data.query);
  if (query === '') return { ok: false, errors: { form: { code: 'invalid' } } };
  return saveFilter(shopId, { name: form.data.name, query, actor: await readActor() });
}

/** Only what is a filter, and no text that may be a customer's name: a chosen customer is an id. */
function storableQuery(query: string): string {
  const filter = readLedgerFilter(new URLSearchParams(query));
  return filterParams({ ...filter, customer: null }).toString();
}

async function saveFilter(
  shopId: bigint,
  { name, query, actor }: { name: string; query: string; actor: string },
): Promise<SaveAnswer> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM saved_filters WHERE shop_id = $1 AND screen = 'ledger'`,
    [shopId],
  );
  if ((rows[0]?.count ?? 0) >= SAVED_FILTERS_MAX)
    return { ok: false, errors: { form: { code: 'too_many' } } };
  const { rowCount } = await pool.query(
    `INSERT INTO saved_filters (shop_id, screen, name, query, actor) VALUES ($1, 'ledger', $2, $3, $4)
      ON CONFLICT (shop_id, screen, lower(name)) DO NOTHING`,
    [shopId, name, query, actor],
  );
  return rowCount === 1 ? { ok: true } : { ok: false, errors: { name: { code: 'name_taken' } } };
}

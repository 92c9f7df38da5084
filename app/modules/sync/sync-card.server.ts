/** What Home says of reading the shop, and what its buttons do. */
import { pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { z } from 'zod';
import {
  isSyncKind,
  isSyncState,
  OVER_STATES,
  progressPercent,
  SYNC_FAILURES,
  SYNC_KINDS,
  type SyncFailure,
  type SyncKind,
  type SyncProgress,
} from './rules/sync.ts';
import { readAgain } from './start-sync.server.ts';

export interface SyncKindView extends SyncProgress {
  percent: number;
  failure: SyncFailure | null;
}

export interface SyncView {
  kinds: SyncKindView[];
  isWorking: boolean;
  /** The merchant has seen that it is done. */
  isDismissed: boolean;
  /** When the last kind was over; null while any is worked. */
  finishedAt: Date | null;
  /** False: Shopify shows this app the orders of the last 60 days only. */
  seesAllOrders: boolean;
}

interface Row {
  kind: string;
  state: string;
  found: number;
  done: number;
  failure: string | null;
  finishedAt: Date | null;
  dismissedAt: Date | null;
}

/** How far the shop has been read; null for one that was never begun. */
export async function readSyncView(shop: {
  shopId: bigint;
  scopes: string | null;
}): Promise<SyncView | null> {
  const { rows } = await pool.query<Row>(
    `SELECT kind, state, found, done, failure, finished_at AS "finishedAt", dismissed_at AS "dismissedAt"
       FROM sync_runs WHERE shop_id = $1 ORDER BY array_position($2, kind)`,
    [shop.shopId, SYNC_KINDS],
  );
  if (rows.length === 0) return null;
  const kinds = rows.flatMap(kindView);
  const isWorking = kinds.some(({ state }) => !OVER_STATES.includes(state));
  const ends = rows.flatMap(({ finishedAt }) => finishedAt ?? []);
  return {
    kinds,
    isWorking,
    isDismissed: rows.every(({ dismissedAt }) => dismissedAt !== null),
    finishedAt: isWorking ? null : (ends.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null),
    seesAllOrders: shop.scopes === null || shop.scopes.split(',').includes('read_all_orders'),
  };
}

function kindView({ kind, state, found, done, failure }: Row): SyncKindView[] {
  if (!isSyncKind(kind) || !isSyncState(state)) return [];
  const progress = { kind, state, found, done };
  const known = SYNC_FAILURES.find((each) => each === failure) ?? null;
  return [{ ...progress, percent: progressPercent(progress), failure: known }];
}

export type SyncAnswer = { ok: true } | { ok: false; errors: FieldErrors };

const form = z.object({ intent: z.enum(['read_again', 'try_again', 'dismiss']) });

/** Works a button of the card; null for one that there is not. */
export async function actOnSync(shopId: bigint, values: Record<string, unknown>): Promise<SyncAnswer | null> {
  const { success, data } = form.safeParse(values);
  if (!success) return null;
  if (data.intent === 'dismiss') {
    await pool.query(
      'UPDATE sync_runs SET dismissed_at = clock_timestamp() WHERE shop_id = $1 AND state = ANY($2)',
      [shopId, OVER_STATES],
    );
    return { ok: true };
  }
  const kinds = data.intent === 'read_again' ? SYNC_KINDS : await readFailed(shopId);
  const begun = await readAgain(shopId, kinds);
  return begun > 0 ? { ok: true } : { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
}

async function readFailed(shopId: bigint): Promise<SyncKind[]> {
  const { rows } = await pool.query<{ kind: string }>(
    `SELECT kind FROM sync_runs WHERE shop_id = $1 AND state = 'failed'`,
    [shopId],
  );
  return rows.map(({ kind }) => kind).filter(isSyncKind);
}

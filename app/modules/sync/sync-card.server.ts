/** Home's card for the first sync, and the actions of its buttons. */
import { pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { z } from 'zod';
import {
  isSyncKind,
  isSyncState,
  FINISHED_STATES,
  progressPercent,
  SYNC_FAILURES,
  SYNC_KINDS,
  type SyncFailure,
  type SyncKind,
  type SyncProgress,
} from './rules/sync.ts';
import { seesAllOrders } from '#app/modules/shops/rules/granted-scopes.ts';
import { refreshAccess } from './refresh-access.server.ts';
import { listFailingTasks } from '#app/modules/shops/task-failures.server.ts';
import { readAgain } from './start-sync.server.ts';

export interface SyncKindView extends SyncProgress {
  percent: number;
  failure: SyncFailure | null;
  /** Set while an error of ours keeps it from going on: when it is tried again by itself. */
  retryAt: Date | null;
}

export interface SyncView {
  kinds: SyncKindView[];
  isWorking: boolean;
  /** The merchant has dismissed the finished card. */
  isDismissed: boolean;
  /** When the last kind finished; null while any is running. */
  finishedAt: Date | null;
  /** False: Shopify only shows this app the orders of the last 60 days. */
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

/** Reads the progress of the shop's sync; null if it never started. */
export async function readSyncView(shop: {
  shopId: bigint;
  scopes: string | null;
}): Promise<SyncView | null> {
  const failing = await listFailingTasks(shop.shopId);
  const stuck = new Map(
    failing.filter(({ task }) => task === SYNC_TASK).map((each) => [each.part, each.retryAt]),
  );
  const { rows } = await pool.query<Row>(
    `SELECT kind, state, found, done, failure, finished_at AS "finishedAt", dismissed_at AS "dismissedAt"
       FROM sync_runs WHERE shop_id = $1 ORDER BY array_position($2, kind)`,
    [shop.shopId, SYNC_KINDS],
  );
  if (rows.length === 0) return null;
  const kinds = rows.flatMap((row) => kindView(row, stuck.get(row.kind) ?? null));
  const isWorking = kinds.some(({ state, retryAt }) => retryAt === null && !FINISHED_STATES.includes(state));
  const ends = rows.flatMap(({ finishedAt }) => finishedAt ?? []);
  return {
    kinds,
    isWorking,
    isDismissed: rows.every(({ dismissedAt }) => dismissedAt !== null),
    finishedAt: isWorking ? null : (ends.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null),
    seesAllOrders: seesAllOrders(shop.scopes),
  };
}

function kindView({ kind, state, found, done, failure }: Row, retryAt: Date | null): SyncKindView[] {
  if (!isSyncKind(kind) || !isSyncState(state)) return [];
  const progress = { kind, state, found, done };
  const known = SYNC_FAILURES.find((each) => each === failure) ?? null;
  const isStuck = retryAt !== null && !FINISHED_STATES.includes(state);
  const percent = progressPercent(progress);
  return [{ ...progress, percent, failure: known, retryAt: isStuck ? retryAt : null }];
}

const SYNC_TASK = 'process-syncs';

export type SyncAnswer = { ok: true } | { ok: false; errors: FieldErrors };

const form = z.object({ intent: z.enum(['read_again', 'try_again', 'dismiss', 'access_changed']) });

/**
 * Handles a button of the card, or what the merchant granted in Shopify's dialog; returns null for an unknown one. Throws
 * UpstreamError.
 */
export async function actOnSync(
  shop: { shopId: bigint; domain: string },
  values: Record<string, unknown>,
): Promise<SyncAnswer | null> {
  const { shopId } = shop;
  const { success, data } = form.safeParse(values);
  if (!success) return null;
  if (data.intent === 'access_changed') {
    await refreshAccess(shop);
    return { ok: true };
  }
  if (data.intent === 'dismiss') {
    await pool.query(
      'UPDATE sync_runs SET dismissed_at = clock_timestamp() WHERE shop_id = $1 AND (state = ANY($2) OR kind = ANY($3))',
      [shopId, FINISHED_STATES, await listStuck(shopId)],
    );
    return { ok: true };
  }
  const stuck = await listStuck(shopId);
  const kinds = data.intent === 'read_again' ? SYNC_KINDS : [...(await readFailed(shopId)), ...stuck];
  const begun = await readAgain(shopId, kinds, stuck);
  return begun > 0 ? { ok: true } : { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
}

/** Kinds that an error of ours keeps from going on. */
async function listStuck(shopId: bigint): Promise<SyncKind[]> {
  const failing = await listFailingTasks(shopId);
  return failing.flatMap(({ task, part }) => (task === SYNC_TASK && isSyncKind(part) ? [part] : []));
}

async function readFailed(shopId: bigint): Promise<SyncKind[]> {
  const { rows } = await pool.query<{ kind: string }>(
    `SELECT kind FROM sync_runs WHERE shop_id = $1 AND state = 'failed'`,
    [shopId],
  );
  return rows.map(({ kind }) => kind).filter(isSyncKind);
}

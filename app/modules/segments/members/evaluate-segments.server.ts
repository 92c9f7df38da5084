/**
 * The job: keeps who is in each stored segment. Customers about whom something changed are looked at each minute, those
 * whose value begins or ends with them; everyone when what the rule depends on changed, as a new day of the shop does, and
 * at least once a day.
 */
import { pool, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import type { Moment } from '../conditions/facts.ts';
import { readMoment } from '../read-moment.server.ts';
import { isComputable, readStoredRules } from '../saved/segment-rule.server.ts';
import { allOf, type SegmentNode } from '../tree/tree.ts';
import { lookAtChanged } from './look-at-changed.server.ts';
import { lookAtEveryone, type SegmentMoment } from './look-at-everyone.server.ts';
import { contextsAt, dependsOnTime, segmentContext } from './segment-context.server.ts';
import { forgetChanged, listReached, takeChanged } from './take-changed.server.ts';

/** How often a shop without changes is looked at, for days that began and value that ends. */
const LOOKED_AT_EVERY = '5 minutes';
/** Everyone is looked at whatever happened. */
const FULL_EVERY_MS = 24 * 3_600_000;

const DUE = `
  SELECT shop_id AS "shopId" FROM shops WHERE ${IS_INSTALLED_SQL} AND (
    EXISTS (SELECT 1 FROM segments g WHERE g.shop_id = shops.shop_id
      AND (g.members_at IS NULL OR g.members_at < ledger_now() - interval '${LOOKED_AT_EVERY}'))
    OR EXISTS (SELECT 1 FROM changed_customers c WHERE c.shop_id = shops.shop_id)) ORDER BY 1`;

/** Evaluates what is due. Returns how many customers joined or left a segment. */
export async function evaluateSegments(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint }>(DUE);
  return forEachShop('evaluate-segments', rows, ({ shopId }) => evaluateShop(shopId, signal), { signal });
}

/** Evaluates all segments of a shop. Returns how many customers joined or left one. */
export async function evaluateShop(shopId: bigint, signal?: AbortSignal): Promise<number> {
  // Before everyone is looked at: what changes meanwhile is looked at afterwards.
  await withTransaction((tx) => forgetChanged(tx, shopId));
  let moved = 0;
  for (const segmentId of await listDue(shopId)) {
    if (signal?.aborted) return moved;
    moved += await evaluateWhole(shopId, segmentId);
  }
  for (let isMore = true; isMore && !signal?.aborted;) {
    const batch = await withTransaction((tx) => evaluateChanged(tx, shopId));
    moved += batch.moved;
    isMore = batch.isMore;
  }
  return moved;
}

interface StoredSegment {
  segmentId: bigint;
  rule: SegmentNode | null;
  membersAt: Date | null;
  context: string | null;
  fullAt: Date | null;
}

/** `$2` is one segment, null for all. */
const STORED = `
  SELECT segment_id AS "segmentId", rule, members_at AS "membersAt", members_context AS context, members_full_at AS "fullAt"
  FROM segments WHERE shop_id = $1 AND ($2::bigint IS NULL OR segment_id = $2) ORDER BY segment_id`;

/** The rule is null for a segment that can't be computed: its members stay as they are until it can. */
async function readSegments(
  db: Queryable,
  shopId: bigint,
  segmentId: bigint | null,
  sql = STORED,
): Promise<StoredSegment[]> {
  const { rows } = await db.query<Omit<StoredSegment, 'rule'> & { rule: unknown }>(sql, [shopId, segmentId]);
  const stored = await readStoredRules(
    db,
    shopId,
    rows.map(({ rule }) => rule),
  );
  return rows.map((row, index) => {
    const one = stored[index];
    return { ...row, rule: one && isComputable(one) ? one.rule : null };
  });
}

/** Locked, so that two workers go one after the other, and a rule that is saved waits. */
const lockSegments = (tx: Transaction, shopId: bigint, segmentId: bigint | null): Promise<StoredSegment[]> =>
  readSegments(tx, shopId, segmentId, `${STORED} FOR UPDATE`);

const DONE = `
  UPDATE segments SET members_at = $3, members_context = $4, members_full_at = $3 WHERE shop_id = $1 AND segment_id = $2`;

/** Segments for which everyone has to be looked at; seen without locking, as most often there are none. */
async function listDue(shopId: bigint): Promise<bigint[]> {
  const stored = await readSegments(pool, shopId, null);
  const all = allOf(stored.flatMap(({ rule }) => rule ?? []));
  if (all === null) return stored.filter(({ context }) => context !== null).map(({ segmentId }) => segmentId);
  const moment = await readMoment(pool, shopId, all);
  const contextOf = contextsAt(pool, shopId, moment);
  const due: bigint[] = [];
  for (const { segmentId, rule, context, fullAt } of stored) {
    const now = rule === null ? null : await contextOf(rule);
    if (now !== context || (rule !== null && isOld(fullAt, moment))) due.push(segmentId);
  }
  return due;
}

const isOld = (fullAt: Date | null, { now }: Moment): boolean =>
  fullAt === null || now.getTime() - fullAt.getTime() >= FULL_EVERY_MS;

/** Looks at everyone for one segment, if it is due. */
export async function evaluateWhole(shopId: bigint, segmentId: bigint): Promise<number> {
  return withTransaction(async (tx) => {
    const [segment] = await lockSegments(tx, shopId, segmentId);
    if (!segment) return 0;
    const { rule, membersAt, context: before, fullAt } = segment;
    if (rule === null) {
      await tx.query('UPDATE segments SET members_context = NULL WHERE shop_id = $1 AND segment_id = $2', [
        shopId,
        segmentId,
      ]);
      return 0;
    }
    const moment = await readMoment(tx, shopId, rule);
    const context = await segmentContext(tx, shopId, rule, moment);
    if (!isOld(fullAt, moment) && before === context) return 0;
    const moved = await lookAtEveryone(tx, { shopId, segmentId, rule, moment }, membersAt !== null);
    await tx.query(DONE, [shopId, segmentId, moment.now, context]);
    return moved;
  });
}

interface Current extends SegmentMoment {
  membersAt: Date;
}

/** Their context is what it was: only those with the context of now were looked at. */
const LOOKED_AT = 'UPDATE segments SET members_at = $3 WHERE shop_id = $1 AND segment_id = ANY($2::bigint[])';

/** Looks at a batch of changed customers, and at those whose value began or ended, for all segments at once. */
async function evaluateChanged(tx: Transaction, shopId: bigint): Promise<{ moved: number; isMore: boolean }> {
  const stored = await lockSegments(tx, shopId, null);
  const { customerIds, isMore } = await takeChanged(tx, shopId);
  const segments = await currentOf(tx, shopId, stored);
  const [first] = segments;
  if (first === undefined) return { moved: 0, isMore };
  const { moment } = first;
  const timed = segments.filter(({ rule }) => dependsOnTime(rule, moment));
  const since = timed.reduce((least, { membersAt }) => (membersAt < least ? membersAt : least), moment.now);
  const reached = timed.length === 0 ? [] : await listReached(tx, shopId, since, moment.now);
  const moved = await lookAtChanged(tx, shopId, segments, [...new Set([...customerIds, ...reached])]);
  await tx.query(LOOKED_AT, [shopId, bigintArray(segments.map(({ segmentId }) => segmentId)), moment.now]);
  return { moved, isMore };
}

/** Those for which everyone was looked at with the context of now; for the others that comes next. */
async function currentOf(
  db: Queryable,
  shopId: bigint,
  stored: readonly StoredSegment[],
): Promise<Current[]> {
  const all = allOf(stored.flatMap(({ rule }) => rule ?? []));
  if (all === null) return [];
  const moment: Moment = await readMoment(db, shopId, all);
  const contextOf = contextsAt(db, shopId, moment);
  const current: Current[] = [];
  for (const { segmentId, rule, membersAt, context } of stored) {
    if (rule === null || membersAt === null || context === null) continue;
    if ((await contextOf(rule)) === context) current.push({ shopId, segmentId, rule, moment, membersAt });
  }
  return current;
}

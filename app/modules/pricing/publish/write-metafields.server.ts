/** The worker writes what changed of customers' and variants' metafields, the oldest change first. */
import { pool } from '#app/db.server.ts';
import { secondsUntilBudget } from '#app/integrations/shopify/api-budget.server.ts';
import {
  deleteMetafields,
  METAFIELDS_A_CALL,
  readMetafields,
  setMetafields,
  type MetafieldWritten,
} from '#app/integrations/shopify/metafields.server.ts';
import { idToGid } from '#app/lib/ids.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { PriceOwner } from './price-owners.ts';

/** After so long another worker may take what one has not written. */
const LEASE_SECONDS = 120;
const RETRY_SECONDS = { first: 10, factor: 3, max: 3_600 };
/** A fifth of the shop's budget is left to shoppers and staff. */
const BUDGET_LEFT = 0.2;

interface Taken {
  id: bigint;
  /** As PostgreSQL writes it: a `Date` has no microseconds. */
  changedAt: string;
  digest: string | null;
  /** JSON text; null: no metafield. */
  wanted: string | null;
  isWritten: boolean;
}

/** Taken by moving the next attempt away; a worker that dies leaves them for later. */
const takeSql = ({ table, id }: PriceOwner) => `
  WITH due AS (SELECT p.shop_id, p.${id} FROM ${table} p WHERE p.shop_id = $1 AND p.changed_at IS NOT NULL
      AND p.next_attempt_at <= statement_timestamp() ORDER BY p.changed_at, p.${id} LIMIT ${METAFIELDS_A_CALL} FOR UPDATE OF p SKIP LOCKED)
  UPDATE ${table} p SET next_attempt_at = clock_timestamp() + interval '${LEASE_SECONDS} seconds', attempts = p.attempts + 1
    FROM due WHERE p.shop_id = due.shop_id AND p.${id} = due.${id}
  RETURNING p.${id} AS id, p.changed_at::text AS "changedAt"`;

/** In a statement of its own: one that waits for a row sees that row's newest change, but of other tables only what was there when it began. */
const wantedSql = ({ table, id, wanted }: PriceOwner) => `
  SELECT p.${id} AS id, n.changed_at AS "changedAt", p.digest, ${wanted}::text AS wanted, ${wanted} IS NOT DISTINCT FROM p.written AS "isWritten"
  FROM unnest($2::bigint[], $3::text[]) AS n (id, changed_at) JOIN ${table} p ON p.shop_id = $1 AND p.${id} = n.id ORDER BY n.changed_at, 1`;

/** A change that came meanwhile stays due. */
const storeSql = ({ table, id }: PriceOwner) => `
  UPDATE ${table} p SET written = n.written::jsonb, digest = n.digest, failure = n.failure, attempts = 0, compared_at = clock_timestamp(),
    changed_at = CASE WHEN p.changed_at = n.changed_at THEN NULL ELSE p.changed_at END, next_attempt_at = clock_timestamp()
  FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) AS n (id, written, digest, failure, changed_at)
  WHERE p.shop_id = $1 AND p.${id} = n.id`;

const laterSql = ({ table, id }: PriceOwner) => `
  UPDATE ${table} p SET next_attempt_at = clock_timestamp() + make_interval(secs =>
      least(${RETRY_SECONDS.first} * power(${RETRY_SECONDS.factor}, attempts - 1), ${RETRY_SECONDS.max}))
  WHERE p.shop_id = $1 AND p.${id} = ANY($2::bigint[])`;

/** The digest that Shopify has now; the row stays due. */
const digestSql = ({ table, id }: PriceOwner) => `
  UPDATE ${table} p SET digest = n.digest, next_attempt_at = clock_timestamp()
  FROM unnest($2::bigint[], $3::text[]) AS n (id, digest) WHERE p.shop_id = $1 AND p.${id} = n.id`;

interface PriceShop {
  shopId: bigint;
  domain: string;
}

interface Done {
  row: Taken;
  digest: string | null;
  failure: string | null;
}

export interface BatchResult {
  /** How many were taken; 0: nothing is due. */
  taken: number;
  written: number;
  /** The shop's budget has to fill first. */
  waitSeconds: number;
}

/**
 * Writes a batch of at most 25 that are due; what is as it should be costs no call. Throws UpstreamError when Shopify
 * can't be asked: the batch is due again later.
 */
export async function writeBatch(owner: PriceOwner, { shopId, domain }: PriceShop): Promise<BatchResult> {
  const waitSeconds = secondsUntilBudget(domain, BUDGET_LEFT);
  if (waitSeconds > 0) return { taken: 0, written: 0, waitSeconds };
  const rows = await takeDue(owner, shopId);
  if (rows.length === 0) return { taken: 0, written: 0, waitSeconds: 0 };
  try {
    const same = rows.filter(({ isWritten }) => isWritten);
    const done: Done[] = same.map((row) => ({ row, digest: row.digest, failure: null }));
    done.push(...(await deleteUnwanted(owner, domain, rows)));
    const { set, stale } = await setWanted(owner, domain, rows);
    done.push(...set);
    await storeDone(owner, shopId, done);
    if (stale.length > 0) await storeDigests(owner, { shopId, domain }, stale);
    return { taken: rows.length, written: done.length - same.length, waitSeconds: 0 };
  } catch (error) {
    await pool.query(laterSql(owner), [shopId, bigintArray(rows.map(({ id }) => id))]);
    throw error;
  }
}

async function takeDue(owner: PriceOwner, shopId: bigint): Promise<Taken[]> {
  const { rows: taken } = await pool.query<{ id: bigint; changedAt: string }>(takeSql(owner), [shopId]);
  if (taken.length === 0) return [];
  const { rows } = await pool.query<Taken>(wantedSql(owner), [
    shopId,
    bigintArray(taken.map(({ id }) => id)),
    taken.map(({ changedAt }) => changedAt),
  ]);
  return rows;
}

async function deleteUnwanted(owner: PriceOwner, domain: string, rows: readonly Taken[]): Promise<Done[]> {
  const unwanted = rows.filter(({ wanted, isWritten }) => wanted === null && !isWritten);
  if (unwanted.length > 0)
    await deleteMetafields(
      domain,
      owner.key,
      unwanted.map(({ id }) => idToGid(owner.gidType, id)),
    );
  return unwanted.map((row) => ({ row, digest: null, failure: null }));
}

async function setWanted(
  owner: PriceOwner,
  domain: string,
  rows: readonly Taken[],
): Promise<{ set: Done[]; stale: Taken[] }> {
  const wanted = rows.flatMap((row) =>
    row.wanted === null || row.isWritten ? [] : [{ row, value: row.wanted }],
  );
  if (wanted.length === 0) return { set: [], stale: [] };
  const outcomes = await setMetafields(
    domain,
    wanted.map(({ row, value }) => ({
      ownerGid: idToGid(owner.gidType, row.id),
      key: owner.key,
      value,
      digest: row.digest,
    })),
  );
  const set: Done[] = [];
  const stale: Taken[] = [];
  for (const [index, { row }] of wanted.entries()) {
    const outcome: MetafieldWritten = outcomes[index] ?? { outcome: 'refused', reason: '' };
    if (outcome.outcome === 'stale') stale.push(row);
    else if (outcome.outcome === 'written') set.push({ row, digest: outcome.digest, failure: null });
    else set.push({ row, digest: null, failure: outcome.outcome === 'gone' ? 'gone' : outcome.reason });
  }
  return { set, stale };
}

async function storeDone(owner: PriceOwner, shopId: bigint, done: readonly Done[]): Promise<void> {
  if (done.length === 0) return;
  await pool.query(storeSql(owner), [
    shopId,
    bigintArray(done.map(({ row }) => row.id)),
    done.map(({ row, failure }) => (failure === null ? row.wanted : null)),
    done.map(({ digest }) => digest),
    done.map(({ failure }) => failure),
    done.map(({ row }) => row.changedAt),
  ]);
}

/** Someone else wrote meanwhile, another worker for one: what is there is read, and written over next. */
async function storeDigests(
  owner: PriceOwner,
  { shopId, domain }: PriceShop,
  stale: readonly Taken[],
): Promise<void> {
  const read = await readMetafields(
    domain,
    owner.key,
    stale.map(({ id }) => idToGid(owner.gidType, id)),
  );
  await pool.query(digestSql(owner), [
    shopId,
    bigintArray(stale.map(({ id }) => id)),
    read.map((each) => (each.isGone ? null : (each.metafield?.digest ?? null))),
  ]);
}

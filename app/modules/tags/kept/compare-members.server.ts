/** The job: gives tags to members of segments that are kept as one, and takes them off who left. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { EVERYBODY } from '#app/modules/segments/customer-filter.ts';
import { readComputableRule } from '#app/modules/segments/saved/segment-rule.server.ts';
import { selectCustomers, type SelectedCustomers } from '#app/modules/segments/selection.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { namesTag } from './names-tag.ts';
import { queueTagJob, type CustomersMeant } from '../tag-jobs.server.ts';
import { endTag } from './keep-tag.server.ts';

/** How often members and tags are compared when nothing asks for it. */
const COMPARED_EVERY = '10 minutes';

interface Keeping {
  shopId: bigint;
  segmentId: bigint;
}

const DUE = `
  SELECT k.shop_id AS "shopId", k.segment_id AS "segmentId" FROM segment_tags k JOIN shops USING (shop_id)
    LEFT JOIN segments g ON g.shop_id = k.shop_id AND g.segment_id = k.segment_id
   WHERE ${IS_INSTALLED_SQL} AND (k.compared_at IS NULL OR k.state = 'ending' OR k.requested_at > k.compared_at
     OR k.version IS DISTINCT FROM g.version OR k.compared_at < ledger_now() - interval '${COMPARED_EVERY}')
   ORDER BY 1, 2`;

/** Compares what is due. Returns how many tags the worker writes now. */
export async function keepSegmentTags(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<Keeping>(DUE);
  const due = rows.map((keeping) => ({ ...keeping, part: String(keeping.segmentId) }));
  return forEachShop('keep-segment-tags', due, compare, { signal });
}

interface KeptRow {
  tagKey: string;
  tag: string;
  state: 'on' | 'ending';
  version: number | null;
}

/** The row is held: two workers compare one after the other, and the second finds nothing to do. */
const HOLD = `
  SELECT k.tag_key AS "tagKey", k.tag, k.state, g.version FROM segment_tags k
    LEFT JOIN segments g ON g.shop_id = $1 AND g.segment_id = $2
   WHERE k.shop_id = $1 AND k.segment_id = $2 FOR UPDATE OF k`;

const COMPARED = `
  UPDATE segment_tags SET compared_at = ledger_now(), version = $3, trouble = $4 WHERE shop_id = $1 AND segment_id = $2`;

function compare({ shopId, segmentId }: Keeping): Promise<number> {
  return withTransaction(async (tx) => {
    const { rows } = await tx.query<KeptRow>(HOLD, [shopId, segmentId]);
    const [kept] = rows;
    if (!kept) return 0;
    const found = await findMembers(tx, { shopId, segmentId }, kept);
    const written = 'trouble' in found ? 0 : await write(tx, { shopId, segmentId }, kept, found);
    await tx.query(COMPARED, [shopId, segmentId, kept.version, 'trouble' in found ? found.trouble : null]);
    const ends = kept.state === 'ending' || kept.version === null;
    if (ends && (await isOver(tx, { shopId, segmentId }))) await endTag(tx, shopId, segmentId);
    return written;
  });
}

/**
 * Who should have the tag. A segment that can't be computed keeps its tags as they are: it has no members, but taking
 * the tag off everyone because a product was deleted would be worse. One that is gone or ending has none.
 */
async function findMembers(
  tx: Transaction,
  { shopId, segmentId }: Keeping,
  { tagKey, state, version }: KeptRow,
): Promise<SelectedCustomers | { trouble: 'not_computable' | 'names_itself' }> {
  if (state === 'ending' || version === null)
    return { sql: 'SELECT NULL::bigint AS customer_id WHERE $1::bigint IS NULL', values: [shopId] };
  const rule = await readComputableRule(tx, shopId, segmentId);
  if (rule === null) return { trouble: 'not_computable' };
  if (namesTag(rule, tagKey)) return { trouble: 'names_itself' };
  return selectCustomers(tx, shopId, { filter: { ...EVERYBODY, segmentId } });
}

/** Conditions on a customer's id; the shop is `$1`, the segment and the tag's key are the parameters after the members'. */
function conditions(values: readonly unknown[]) {
  const [segment, key] = [`$${values.length + 1}::bigint`, `$${values.length + 2}::text`];
  const writes = (id: string, which: string) => `EXISTS (
    SELECT 1 FROM tag_writes w JOIN tag_jobs j ON j.shop_id = $1 AND j.job_id = w.job_id
     WHERE w.shop_id = $1 AND w.customer_id = ${id} AND j.segment_id = ${segment} AND (w.failure IS NULL OR ${which}))`;
  return {
    segment,
    hasTag: (id: string) => `EXISTS (
      SELECT 1 FROM customer_tags t WHERE t.shop_id = $1 AND t.tag_key = ${key} AND t.customer_id = ${id} AND t.is_on)`,
    isActive: (id: string) => `EXISTS (
      SELECT 1 FROM customers c WHERE c.shop_id = $1 AND c.customer_id = ${id} AND c.state = 'active')`,
    /** On its way, or refused by Shopify: staff can try that again. */
    isWriting: (id: string, kind: 'add' | 'remove') => writes(id, `j.kind = '${kind}'`),
    isOpen: (id: string) => writes(id, 'false'),
  };
}

/** Each pass repairs what differs now, whatever happened since the last; what is on its way to Shopify is left alone. */
async function write(
  tx: Transaction,
  { shopId, segmentId }: Keeping,
  { tagKey, tag }: KeptRow,
  members: SelectedCustomers,
): Promise<number> {
  const job = { tag, target: null, actor: `segment:${segmentId}`, segmentId };
  const { segment, hasTag, isActive, isWriting, isOpen } = conditions(members.values);
  const values = [...members.values, segmentId, tagKey];
  const meant = (sql: string): CustomersMeant => ({
    // Every statement has all parameters.
    sql: `${sql} AND (${segment}, $${values.length}::text) IS NOT NULL`,
    values,
  });
  const left = `FROM segment_tagged k WHERE k.shop_id = $1 AND k.segment_id = ${segment}
    AND NOT EXISTS (SELECT 1 FROM (${members.sql}) s WHERE s.customer_id = k.customer_id)`;
  const added = await queueTagJob(
    tx,
    shopId,
    { ...job, kind: 'add' },
    meant(`SELECT m.customer_id FROM (${members.sql}) m WHERE NOT ${hasTag('m.customer_id')}
      AND NOT ${isWriting('m.customer_id', 'add')}`),
  );
  if (added > 0) await tx.query(RECORD, [shopId, segmentId]);
  const removed = await queueTagJob(
    tx,
    shopId,
    { ...job, kind: 'remove' },
    meant(`SELECT k.customer_id ${left} AND ${hasTag('k.customer_id')} AND ${isActive('k.customer_id')}
      AND NOT ${isWriting('k.customer_id', 'remove')}`),
  );
  const done =
    meant(`SELECT k.customer_id ${left} AND NOT (${hasTag('k.customer_id')} AND ${isActive('k.customer_id')})
      AND NOT ${isOpen('k.customer_id')}`);
  await tx.query(
    `DELETE FROM segment_tagged d WHERE d.shop_id = $1 AND d.segment_id = ${segment} AND d.customer_id IN (${done.sql})`,
    [...done.values],
  );
  return added + removed;
}

const RECORD = `
  INSERT INTO segment_tagged (shop_id, segment_id, customer_id)
  SELECT $1, $2, w.customer_id FROM tag_writes w JOIN tag_jobs j ON j.shop_id = $1 AND j.job_id = w.job_id
   WHERE w.shop_id = $1 AND j.segment_id = $2 AND j.kind = 'add' AND w.failure IS NULL ORDER BY 3
  ON CONFLICT DO NOTHING`;

/** Nobody has the tag by the keeping, and nothing is on its way. */
async function isOver(tx: Transaction, { shopId, segmentId }: Keeping): Promise<boolean> {
  const { rows } = await tx.query<{ isOver: boolean }>(
    `SELECT NOT EXISTS (SELECT 1 FROM segment_tagged WHERE shop_id = $1 AND segment_id = $2) AND NOT EXISTS (
       SELECT 1 FROM tag_jobs WHERE shop_id = $1 AND segment_id = $2 AND finished_at IS NULL) AS "isOver"`,
    [shopId, segmentId],
  );
  return rows[0]?.isOver === true;
}

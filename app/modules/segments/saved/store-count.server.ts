import { pool, withTransaction } from '#app/db.server.ts';
import { countSegment } from '../count-segment.server.ts';
import { momentNow } from '../read-moment.server.ts';
import { isComputable, readStoredRules } from './segment-rule.server.ts';

const READ = 'SELECT rule, version FROM segments WHERE shop_id = $1 AND segment_id = $2';

/** Only of the version that was counted; the row is held, so that one that is being deleted gets no count afterwards. */
const HOLD = `
  UPDATE segments SET counted_at = ledger_now() WHERE shop_id = $1 AND segment_id = $2 AND version = $3`;

const STORE = `
  INSERT INTO segment_counts (shop_id, segment_id, day, customers) VALUES ($1, $2, $3, $4)
  ON CONFLICT (shop_id, segment_id, day) DO UPDATE SET customers = excluded.customers`;

/** Counts a segment for the shop's today. One that is gone, changed meanwhile or can't be computed gets no count. */
export async function storeCount(shopId: bigint, segmentId: bigint): Promise<void> {
  const { rows } = await pool.query<{ rule: unknown; version: number }>(READ, [shopId, segmentId]);
  const [row] = rows;
  const [stored] = await readStoredRules(pool, shopId, row ? [row.rule] : []);
  if (!row || !stored?.rule) return;
  const customers = isComputable(stored) ? await countSegment(shopId, stored.rule) : null;
  const { today } = await momentNow(shopId);
  await withTransaction(async (tx) => {
    const held = await tx.query(HOLD, [shopId, segmentId, row.version]);
    if (held.rowCount === 1 && customers !== null)
      await tx.query(STORE, [shopId, segmentId, today, customers]);
  });
}

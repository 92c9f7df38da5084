/** Asks each hour what Shopify shows the app of customers, and reads what it did not show before. */
import { withTransaction } from '#app/db.server.ts';
import { askApproval } from '#app/integrations/shopify/ask-approval.server.ts';
import { CustomerDataRefused } from '#app/integrations/shopify/unapproved-data.server.ts';
import type { Shop } from '#app/modules/shops/find-shop.server.ts';
import { FINISHED_STATES, SYNC_KINDS, type SyncKind } from './rules/sync.ts';
import { begin } from './start-sync.server.ts';

/** Asks for one shop; returns how many kinds of data it may read from now on. */
export async function askApprovals({ shopId, domain }: Shop): Promise<number> {
  try {
    await askApproval(domain);
  } catch (error) {
    if (error instanceof CustomerDataRefused) return 0;
    throw error;
  }
  return readGranted(shopId);
}

/** Starts reading again what was left out; while a kind is being read, this waits for the next hour. */
async function readGranted(shopId: bigint): Promise<number> {
  return withTransaction(async (tx) => {
    const { rows } = await tx.query<{ content: string }>(
      'DELETE FROM unapproved_data WHERE shop_id = $1 AND granted_at IS NOT NULL RETURNING content',
      [shopId],
    );
    const kinds = kindsOf(rows.map(({ content }) => content));
    if (kinds.length === 0) return 0;
    const { rowCount } = await tx.query(
      'SELECT FROM sync_runs WHERE shop_id = $1 AND kind = ANY($2) AND NOT state = ANY($3) FOR UPDATE',
      [shopId, kinds, FINISHED_STATES],
    );
    if (rowCount === 0) await begin(tx, shopId, kinds);
    else await tx.query(KEEP_GRANTED, [shopId, rows.map(({ content }) => content)]);
    return rows.length;
  });
}

const KEEP_GRANTED = `INSERT INTO unapproved_data (shop_id, content, granted_at)
  SELECT $1, c, clock_timestamp() FROM unnest($2::text[]) AS c`;

/** Orders have an e-mail address and a phone of their own. */
function kindsOf(contents: readonly string[]): readonly SyncKind[] {
  if (contents.includes('customers')) return SYNC_KINDS;
  if (contents.includes('email') || contents.includes('phone')) return ['customers', 'orders'];
  return contents.length > 0 ? ['customers'] : [];
}

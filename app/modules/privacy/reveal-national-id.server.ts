import { withTransaction } from '#app/db.server.ts';
import { readNationalId } from '#app/modules/customers/national-id.server.ts';
import { recordAccesses } from '#app/modules/customers/sensitive-accesses.server.ts';

const READ = `
  SELECT c.national_id_cipher AS cipher FROM customers c JOIN club_settings s USING (shop_id)
   WHERE c.shop_id = $1 AND c.customer_id = $2 AND c.state = 'active' AND s.sensitive_fields`;

/**
 * Reads a customer's national ID in full and records the access in the same transaction. Null when there is none, or the
 * shop does not use sensitive fields.
 */
export function revealNationalId(shopId: bigint, customerId: bigint, actor: string): Promise<string | null> {
  return withTransaction(async (tx) => {
    const { rows } = await tx.query<{ cipher: string | null }>(READ, [shopId, customerId]);
    const nationalId = readNationalId(shopId, rows[0]?.cipher ?? null);
    if (nationalId === null) return null;
    await recordAccesses(tx, { shopId, customerIds: [customerId], what: 'national_id', actor });
    return nationalId;
  });
}

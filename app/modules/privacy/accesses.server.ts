/** Who of the staff looked at sensitive data: written down with each look, shown on the customer's page. */
import { pool, type Queryable } from '#app/db.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { ACCESS_KINDS, type AccessKind } from './access-kinds.ts';

const ACCESSES_SHOWN = 20;

/** Writes down that a staff member (`staff:<user id>`) looked at this of these customers. Empty input is fine. */
export async function recordAccesses(
  db: Queryable,
  access: { shopId: bigint; customerIds: readonly bigint[]; what: AccessKind; actor: string },
): Promise<void> {
  const { shopId, customerIds, what, actor } = access;
  if (customerIds.length === 0) return;
  await db.query(
    `INSERT INTO sensitive_accesses (shop_id, customer_id, what, actor)
     SELECT $1, id, $3, $4 FROM unnest($2::bigint[]) AS id ORDER BY id`,
    [shopId, customerIds, what, actor],
  );
}

export interface Access {
  accessId: bigint;
  /** Null for a kind that a later version wrote. */
  what: AccessKind | null;
  actor: string;
  /** Null while Shopify has not said it. */
  staffName: string | null;
  createdAt: Date;
}

/** The latest looks at a customer's sensitive data, the last first. */
export async function listAccesses(shopId: bigint, customerId: bigint): Promise<Access[]> {
  const { rows } = await pool.query<{ accessId: bigint; what: string; actor: string; createdAt: Date }>(
    `SELECT access_id AS "accessId", what, actor, created_at AS "createdAt" FROM sensitive_accesses
      WHERE shop_id = $1 AND customer_id = $2 ORDER BY access_id DESC LIMIT ${ACCESSES_SHOWN}`,
    [shopId, customerId],
  );
  const names = await staffNames(
    shopId,
    rows.map(({ actor }) => actor),
  );
  return rows.map((row) => ({
    ...row,
    what: ACCESS_KINDS.find((kind) => kind === row.what) ?? null,
    staffName: names.get(row.actor) ?? null,
  }));
}

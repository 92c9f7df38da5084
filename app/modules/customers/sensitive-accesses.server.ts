/** The only code that writes down what staff did with sensitive data. */
import type { Queryable } from '#app/db.server.ts';
import type { AccessKind, ShopAccessKind } from './rules/access-kinds.ts';

interface SensitiveAccess {
  shopId: bigint;
  customerIds: readonly bigint[];
  what: AccessKind;
  /** `staff:<user id>` */
  actor: string;
  /** The same access by the same actor within this time is one: pages of one list, for example. */
  onceWithinMinutes?: number;
}

/** Records that a staff member saw or changed sensitive data of these customers. Empty input is fine. */
export async function recordAccesses(db: Queryable, access: SensitiveAccess): Promise<void> {
  const { shopId, customerIds, what, actor, onceWithinMinutes = 0 } = access;
  if (customerIds.length === 0) return;
  await db.query(
    `INSERT INTO sensitive_accesses (shop_id, customer_id, what, actor)
     SELECT $1, id, $3, $4 FROM unnest($2::bigint[]) AS id WHERE NOT EXISTS (
       SELECT 1 FROM sensitive_accesses a WHERE a.shop_id = $1 AND a.customer_id = id AND a.what = $3 AND a.actor = $4
         AND a.created_at > clock_timestamp() - make_interval(mins => $5))
     ORDER BY id`,
    [shopId, customerIds, what, actor, onceWithinMinutes],
  );
}

interface ShopAccess {
  shopId: bigint;
  what: ShopAccessKind;
  /** The format of a file, or the topic of an event: never data of a person. */
  subject: string;
  /** `staff:<user id>` */
  actor: string;
  onceWithinMinutes?: number;
}

/** Records that a staff member took data of whichever customers. Returns its id; null if it was recorded just before. */
export async function recordShopAccess(db: Queryable, access: ShopAccess): Promise<bigint | null> {
  const { shopId, what, subject, actor, onceWithinMinutes = 0 } = access;
  const { rows } = await db.query<{ accessId: bigint }>(
    `INSERT INTO shop_accesses (shop_id, what, subject, actor) SELECT $1, $2, $3, $4 WHERE NOT EXISTS (
       SELECT 1 FROM shop_accesses WHERE shop_id = $1 AND what = $2 AND subject = $3 AND actor = $4
         AND created_at > clock_timestamp() - make_interval(mins => $5))
     RETURNING access_id AS "accessId"`,
    [shopId, what, subject, actor, onceWithinMinutes],
  );
  return rows[0]?.accessId ?? null;
}

/** Notes how many rows were taken. */
export async function noteAccessRows(
  db: Queryable,
  shopId: bigint,
  accessId: bigint | null,
  rows: number,
): Promise<void> {
  await db.query('UPDATE shop_accesses SET rows = $3 WHERE shop_id = $1 AND access_id = $2', [
    shopId,
    accessId,
    rows,
  ]);
}

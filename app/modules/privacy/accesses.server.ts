import { pool } from '#app/db.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import {
  ACCESS_KINDS,
  SHOP_ACCESS_KINDS,
  type AccessKind,
  type ShopAccessKind,
} from '#app/modules/customers/rules/access-kinds.ts';

const ACCESSES_SHOWN = 20;

export interface Access {
  accessId: bigint;
  /** Null for a kind written by a later version. */
  what: AccessKind | ShopAccessKind | null;
  /** Of a shop's access: the format of the file, or the topic of the event. */
  subject: string;
  /** Of a shop's access: how many rows were taken. */
  rows: number;
  actor: string;
  /** Null while we do not know it. */
  staffName: string | null;
  createdAt: Date;
}

interface Row extends Omit<Access, 'what' | 'staffName'> {
  what: string;
}

/** Reads the latest accesses to a customer's sensitive data, newest first. */
export async function listAccesses(shopId: bigint, customerId: bigint): Promise<Access[]> {
  const { rows } = await pool.query<Row>(
    `SELECT access_id AS "accessId", what, '' AS subject, 0 AS rows, actor, created_at AS "createdAt" FROM sensitive_accesses
      WHERE shop_id = $1 AND customer_id = $2 ORDER BY access_id DESC LIMIT ${ACCESSES_SHOWN}`,
    [shopId, customerId],
  );
  return withNames(shopId, rows);
}

/** Reads the latest accesses to data of many customers, newest first. */
export async function listShopAccesses(shopId: bigint): Promise<Access[]> {
  const { rows } = await pool.query<Row>(
    `SELECT access_id AS "accessId", what, subject, coalesce(rows, 0) AS rows, actor, created_at AS "createdAt"
       FROM shop_accesses WHERE shop_id = $1 ORDER BY access_id DESC LIMIT ${ACCESSES_SHOWN}`,
    [shopId],
  );
  return withNames(shopId, rows);
}

/** Reads the latest accesses of a kind to one subject, newest first. */
export async function listSubjectAccesses(
  shopId: bigint,
  what: ShopAccessKind,
  subject: string,
): Promise<Access[]> {
  const { rows } = await pool.query<Row>(
    `SELECT access_id AS "accessId", what, subject, coalesce(rows, 0) AS rows, actor, created_at AS "createdAt"
       FROM shop_accesses WHERE shop_id = $1 AND what = $2 AND subject = $3 ORDER BY access_id DESC LIMIT ${ACCESSES_SHOWN}`,
    [shopId, what, subject],
  );
  return withNames(shopId, rows);
}

async function withNames(shopId: bigint, rows: readonly Row[]): Promise<Access[]> {
  const names = await staffNames(
    shopId,
    rows.map(({ actor }) => actor),
  );
  return rows.map((row) => ({
    ...row,
    what: [...ACCESS_KINDS, ...SHOP_ACCESS_KINDS].find((kind) => kind === row.what) ?? null,
    staffName: names.get(row.actor) ?? null,
  }));
}

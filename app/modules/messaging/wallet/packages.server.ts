/** Packages of SMS credit at better rates, for all shops. The operator's list: `npm run ops -- packages`. */
import type { Queryable } from '#app/db.server.ts';
import { WALLET_CURRENCY } from '#app/lib/micros.ts';

export interface MessagePackage {
  packageId: bigint;
  /** What it costs of the wallet's money. */
  priceMicros: bigint;
  /** What it is worth in messages. */
  creditMicros: bigint;
}

const COLUMNS = `package_id AS "packageId", price_micros AS "priceMicros", credit_micros AS "creditMicros"`;
const IS_SOLD = `currency = '${WALLET_CURRENCY}' AND from_day <= (ledger_now() AT TIME ZONE 'UTC')::date
  AND (until_day IS NULL OR until_day > (ledger_now() AT TIME ZONE 'UTC')::date)`;

/** The packages that are sold today (UTC), the smallest first. */
export async function listPackages(db: Queryable): Promise<MessagePackage[]> {
  const { rows } = await db.query<MessagePackage>(
    `SELECT ${COLUMNS} FROM message_packages WHERE ${IS_SOLD} ORDER BY price_micros, package_id`,
  );
  return rows;
}

/** Finds a package that is sold today; null for any other. */
export async function findPackage(db: Queryable, packageId: bigint): Promise<MessagePackage | null> {
  const { rows } = await db.query<MessagePackage>(
    `SELECT ${COLUMNS} FROM message_packages WHERE package_id = $1 AND ${IS_SOLD}`,
    [packageId],
  );
  return rows[0] ?? null;
}

export interface DatedPackage extends MessagePackage {
  fromDay: string;
  untilDay: string | null;
}

/** Every package there was, by its first day. */
export async function listAllPackages(db: Queryable): Promise<DatedPackage[]> {
  const { rows } = await db.query<DatedPackage>(
    `SELECT ${COLUMNS}, from_day::text AS "fromDay", until_day::text AS "untilDay" FROM message_packages ORDER BY from_day, package_id`,
  );
  return rows;
}

/** Offers a package from a day on; what it costs and gives never changes. */
export async function addPackage(
  db: Queryable,
  offer: { priceMicros: bigint; creditMicros: bigint; fromDay: string },
): Promise<void> {
  await db.query(
    `INSERT INTO message_packages (currency, price_micros, credit_micros, from_day) VALUES ($1, $2, $3, $4)`,
    [WALLET_CURRENCY, offer.priceMicros, offer.creditMicros, offer.fromDay],
  );
}

/** Takes a package from sale from today on. False for one that isn't sold. */
export async function endPackage(db: Queryable, packageId: bigint): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE message_packages SET until_day = greatest(from_day, (ledger_now() AT TIME ZONE 'UTC')::date)
      WHERE package_id = $1 AND until_day IS NULL`,
    [packageId],
  );
  return rowCount === 1;
}

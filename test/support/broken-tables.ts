/** Tables that refuse the rows of one shop, as a value that can't be stored does. */
import { pool } from '#app/db.server.ts';

const broken = new Set<string>();

/** Before the first table is broken, once for a database. */
export async function prepareBreaking(): Promise<void> {
  await pool.query(
    `CREATE FUNCTION refuse_shop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF coalesce(NEW.shop_id, OLD.shop_id) = TG_ARGV[0]::bigint THEN
         RAISE EXCEPTION 'a value cannot be stored' USING ERRCODE = '22P02';
       END IF;
       IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
       RETURN NEW;
     END $$`,
  );
}

/** Has a table refuse every change of the shop's rows. */
export async function breakTable(table: string, shopId: bigint): Promise<void> {
  broken.add(table);
  await pool.query(
    `CREATE TRIGGER aaa_refuse_shop BEFORE INSERT OR UPDATE OR DELETE ON ${table}
       FOR EACH ROW EXECUTE FUNCTION refuse_shop('${shopId}')`,
  );
}

/** Has a table take the shop's rows again. */
export async function mend(table: string): Promise<void> {
  await pool.query(`DROP TRIGGER IF EXISTS aaa_refuse_shop ON ${table}`);
}

/** Mends whatever was broken. */
export async function mendAll(): Promise<void> {
  for (const table of broken) await mend(table);
  broken.clear();
}

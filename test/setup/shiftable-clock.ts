import pg from 'pg';

/** PostgreSQL's functions that return the time; our SQL and column defaults use no others. */
const CLOCKS = [
  ['clock_timestamp', 'VOLATILE'],
  ['statement_timestamp', 'STABLE'],
  ['now', 'STABLE'],
] as const;

/**
 * Adds clocks to an empty database that are found before PostgreSQL's: they are ahead by the connection's setting
 * `setia.test_clock_shift` (`clock-shift.ts`), and right without it. Migrations that follow use them in defaults.
 */
export async function addShiftableClock(databaseUrl: string, databaseName: string): Promise<void> {
  const shift = `coalesce(nullif(current_setting('setia.test_clock_shift', true), '')::interval, interval '0')`;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`ALTER DATABASE ${databaseName} SET search_path = public, pg_catalog`);
    for (const [name, volatility] of CLOCKS) {
      await client.query(
        `CREATE FUNCTION public.${name}() RETURNS timestamptz LANGUAGE sql ${volatility} PARALLEL SAFE
           AS $$ SELECT pg_catalog.${name}() + ${shift} $$`,
      );
    }
  } finally {
    await client.end();
  }
}

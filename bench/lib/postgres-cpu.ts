/** The processor time of a PostgreSQL server on this machine, as Linux counts it. */
import fs from 'node:fs';
import type pg from 'pg';

/** Linux shows times to programs in hundredths of a second, whatever the kernel's own clock is. */
const MS_A_TICK = 10;
const PARENT = 1;
/** Of the fields behind the name: user, system, and the same of children that have ended. */
const OWN_TIMES = [11, 12];
const ENDED_TIMES = [13, 14];

function fieldsOf(process: string): string[] {
  try {
    const stat = fs.readFileSync(`/proc/${process}/stat`, 'utf8');
    // The name in brackets may have spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // Ended meanwhile; its parent has its times.
    return [];
  }
}

const sumOf = (fields: readonly string[], places: readonly number[]) =>
  places.reduce((sum, place) => sum + Number(fields[place] ?? 0), 0);

/** Returns the milliseconds that the server of `db` and all its processes took since it was started. */
export async function postgresCpuMs(db: Pick<pg.Pool, 'query'>): Promise<number> {
  const { rows } = await db.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const server = fieldsOf(String(rows[0]?.pid))[PARENT] ?? '';
  const children = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(fieldsOf)
    .filter((fields) => fields[PARENT] === server);
  const own = fieldsOf(server);
  const ticks = [own, ...children].reduce((sum, fields) => sum + sumOf(fields, OWN_TIMES), 0);
  return (ticks + sumOf(own, ENDED_TIMES)) * MS_A_TICK;
}

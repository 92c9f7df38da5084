/** What web and worker wrote, searched for the persons that they dealt with. */
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { control } from '../../scripts/lib/shop-visit.ts';
import type { Services } from '../../scripts/services.ts';

/** Shorter texts are words of the log, too. */
const MARK_LENGTH_MIN = 4;
const SHOWN_MAX = 10;
const LOGS = ['web.log', 'worker.log'];

const STORED = `
  SELECT DISTINCT mark FROM (
    SELECT unnest(ARRAY[first_name, last_name, email, phone, street, note]) AS mark FROM customers
    UNION ALL SELECT unnest(ARRAY[email, phone, note]) FROM orders
    UNION ALL SELECT text FROM customer_notes
  ) marks WHERE length(mark) >= ${MARK_LENGTH_MIN}`;

/** Names, e-mails, phones and addresses of the customers of a running product, at Shopify and in the database. */
export async function listPersonsData(services: Services): Promise<Set<string>> {
  const client = new pg.Client({ connectionString: services.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ mark: string }>(STORED).finally(() => client.end());
  const marks = new Set(rows.map(({ mark }) => mark));
  const { shops } = await control<{ shops: { domain: string }[] }>(services, 'GET', 'shops');
  for (const { domain } of shops) {
    const { customers } = await control<{ customers: Record<string, unknown>[] }>(
      services,
      'GET',
      `customers?shop=${domain}`,
    );
    for (const customer of customers)
      for (const field of ['first_name', 'last_name', 'email', 'phone', 'note']) {
        const mark = customer[field];
        if (typeof mark === 'string' && mark.length >= MARK_LENGTH_MIN) marks.add(mark);
      }
  }
  if (marks.size === 0) throw new Error('no person to look for in the logs');
  return marks;
}

/** Throws with the lines of the logs in `logDir` that name one of these persons. */
export function expectNoPersonsIn(logDir: string, marks: ReadonlySet<string>): void {
  const found: string[] = [];
  for (const name of LOGS) {
    const file = path.join(logDir, name);
    const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : [];
    for (const line of lines) {
      const mark = [...marks].find((each) => line.includes(each) && isWord(line, each));
      if (mark !== undefined) found.push(`${name}: "${mark}" in ${line.slice(0, 600)}`);
    }
  }
  if (found.length > 0)
    throw new Error(
      `${found.length} lines of the log hold data of persons:\n${found.slice(0, SHOWN_MAX).join('\n')}`,
    );
}

/** "Made" is a name, "Made-up" or "Made2" is not his. */
function isWord(line: string, mark: string): boolean {
  const escaped = mark.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u').test(line);
}

import fs from 'node:fs';
import { migrate } from '../prisma/migrate.ts';
import { startEmbeddedPostgres } from '../scripts/embedded-postgres.ts';
import { fillCustomers } from './lib/customer-rows.ts';
import { fillSegments } from './lib/segment-rows.ts';
import { insertShop, withClient } from './lib/shop-rows.ts';
const dir = '/tmp/w/million';
fs.mkdirSync(dir, { recursive: true });
const isNew = !fs.existsSync(dir + '/filled');
const p = await startEmbeddedPostgres({ dataDir: dir, sharedBuffers: '4GB' });
fs.writeFileSync(dir + '/url', p.url);
console.log(p.url);
if (isNew) {
  await migrate(p.url);
  await withClient(p.url, async (client) => {
    await insertShop(client);
    const tell = (m: string) => console.log(new Date().toISOString(), m);
    await fillCustomers(client, tell); await fillSegments(client, tell);
    await client.query('VACUUM (ANALYZE, FREEZE)'); tell('done');
  });
  fs.writeFileSync(dir + '/filled', '1');
}
process.on('SIGTERM', async () => { await p.stop(); process.exit(0); });
setInterval(() => {}, 1e6);

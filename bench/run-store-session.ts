/** `node bench/run-store-session.ts <shop> <token>`: lets web and worker of this database use the shop's API. */
import { pool } from '#app/db.server.ts';
import { storeOfflineSession } from './lib/store-session.ts';

const [, , domain = '', accessToken = ''] = process.argv;
await storeOfflineSession(domain, accessToken);
await pool.end();

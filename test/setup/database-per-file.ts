/**
 * Gives each test file a database of its own before the file, and with it app/db.server.ts, is loaded; the
 * environment is the demo's, with a folder of its own for stored files. Both go when the file is done.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { TEST_ENVIRONMENT } from '../support/environment.ts';

const database = await createTestDatabase();
const filesDir = path.join(os.tmpdir(), `${database.name}-files`);
Object.assign(process.env, TEST_ENVIRONMENT, { DATABASE_URL: database.url, FILES_DIR: filesDir });

afterAll(async () => {
  // Loaded already when the file under test uses it; the pools end before the server cuts their connections.
  const { pool, prisma } = await import('#app/db.server.ts');
  await Promise.all([pool.end(), prisma.$disconnect()]);
  await Promise.all([database.drop(), fs.rm(filesDir, { recursive: true, force: true })]);
});

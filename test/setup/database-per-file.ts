/**
 * Creates a database for each test file before the file, and with it app/db.server.ts, is loaded; the
 * environment is the demo's, with a folder of its own for stored files.
 *
 * Files share the process of their worker (`isolate: false`) and with it the libraries, which take longer to load
 * than most files to run. Our own modules are evaluated for each file: their caches belong to its database.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, vi } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { TEST_ENVIRONMENT } from '../support/environment.ts';

vi.resetModules();
const environmentBefore = { ...process.env };
const database = await createTestDatabase();
const filesDir = path.join(os.tmpdir(), `${database.name}-files`);
Object.assign(process.env, TEST_ENVIRONMENT, { DATABASE_URL: database.url, FILES_DIR: filesDir });

afterAll(async () => {
  vi.useRealTimers();
  // Already loaded when the file under test uses it.
  const { pool, prisma } = await import('#app/db.server.ts');
  await Promise.all([pool.end(), prisma.$disconnect(), fs.rm(filesDir, { recursive: true, force: true })]);
  for (const name of Object.keys(process.env)) if (!(name in environmentBefore)) delete process.env[name];
  Object.assign(process.env, environmentBefore);
});

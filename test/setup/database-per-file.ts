/**
 * Gives each test file a database of its own before the file, and with it app/db.server.ts, is loaded; the
 * environment is the demo's. The database goes when the file is done.
 */
import { afterAll } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { TEST_ENVIRONMENT } from '../support/environment.ts';

const database = await createTestDatabase();
Object.assign(process.env, TEST_ENVIRONMENT, { DATABASE_URL: database.url });

afterAll(async () => {
  // Loaded already when the file under test uses it; the pools end before the server cuts their connections.
  const { pool, prisma } = await import('#app/db.server.ts');
  await Promise.all([pool.end(), prisma.$disconnect()]);
  await database.drop();
});

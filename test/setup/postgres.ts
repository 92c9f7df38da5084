/**
 * Global set-up: one PostgreSQL for the whole run and a migrated template database that test files clone.
 * Several vitest projects name this file and each loads its own copy of it, hence the shared promise.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../prisma/migrate.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../scripts/embedded-postgres.ts';
import {
  createScratchDatabase,
  dropDatabases,
  type ScratchDatabase,
} from '../../scripts/lib/scratch-database.ts';
import { addShiftableClock } from './shiftable-clock.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the server's maintenance database. */
    adminUrl: string;
    /** Name of the migrated database that is cloned. */
    templateDatabase: string;
  }
}

interface TestServer {
  adminUrl: string;
  templateDatabase: string;
  users: number;
  stop(): Promise<void>;
}

const shared: { setiaTestServer?: Promise<TestServer> } = globalThis as object;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.setiaTestServer ??= startServer();
  const server = await shared.setiaTestServer;
  server.users += 1;
  project.provide('adminUrl', server.adminUrl);
  project.provide('templateDatabase', server.templateDatabase);
  return async () => {
    server.users -= 1;
    if (server.users > 0) return;
    delete shared.setiaTestServer;
    await server.stop();
  };
}

async function startServer(): Promise<TestServer> {
  const given = process.env.DATABASE_URL;
  if (given !== undefined && given !== '') {
    const template = await createTemplate(given);
    return {
      adminUrl: given,
      templateDatabase: template.name,
      users: 0,
      stop: () => dropDatabases(given, template.name),
    };
  }
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false });
  const template = await createTemplate(postgres.url);
  const stop = async (): Promise<void> => {
    await postgres.stop();
    removeEmbeddedPostgres(dataDir);
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
  return { adminUrl: postgres.url, templateDatabase: template.name, users: 0, stop };
}

async function createTemplate(adminUrl: string): Promise<ScratchDatabase> {
  const template = await createScratchDatabase(adminUrl, 'setia_template');
  if (process.env.TEST_CLOCK_SHIFT_DAYS) await addShiftableClock(template.url, template.name);
  await migrate(template.url);
  return template;
}

/**
 * Global set-up: one PostgreSQL for the whole run and a migrated template database that test files clone.
 * Several vitest projects name this file and each loads its own copy of it, hence the shared promise.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../prisma/migrate.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../scripts/embedded-postgres.ts';

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
  const templateDatabase = `setia_template_${process.pid}_${Date.now().toString(36)}`;
  const given = process.env.DATABASE_URL;
  if (given !== undefined && given !== '') {
    await createTemplate(given, templateDatabase);
    const stop = () => execute(given, `DROP DATABASE IF EXISTS ${templateDatabase} WITH (FORCE)`);
    return { adminUrl: given, templateDatabase, users: 0, stop };
  }
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false });
  await createTemplate(postgres.url, templateDatabase);
  const stop = async (): Promise<void> => {
    await postgres.stop();
    removeEmbeddedPostgres(dataDir);
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
  return { adminUrl: postgres.url, templateDatabase, users: 0, stop };
}

async function createTemplate(adminUrl: string, name: string): Promise<void> {
  await execute(adminUrl, `CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  await migrate(url.href);
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

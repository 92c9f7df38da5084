import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { removeEmbeddedPostgres } from '../../scripts/embedded-postgres.ts';
import { control } from '../../scripts/lib/shop-visit.ts';
import { startServices, type Services, type StartOptions } from '../../scripts/services.ts';
import { createTestDatabase } from './database.ts';

export interface TestAppOptions extends Pick<StartOptions, 'worker' | 'env'> {
  /** True when the test stops or kills PostgreSQL: it then gets a server of its own (1 s) instead of a database. */
  ownPostgres?: boolean;
}

/** The whole product in processes of its own, on free ports, with an empty database. */
export interface TestApp extends Services {
  /** Sends JSON to the sandbox's control API, such as `control('POST', 'orders', {...})`; throws unless 2xx. */
  control<T = unknown>(method: 'GET' | 'POST', resource: string, body?: unknown): Promise<T>;
}

/** Starts sandbox, web and worker for a scenario or browser test; call `stop` in afterAll. */
export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { ownPostgres = false, ...rest } = options;
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-scenario-'));
  const database = ownPostgres ? undefined : await createTestDatabase();
  const services = await startServices({
    dataDir,
    durable: false,
    ...(database ? { databaseUrl: database.url } : {}),
    ...rest,
    env: { LOG_LEVEL: 'warn', ...rest.env },
    onUnexpectedEnd: (message) => process.stderr.write(`${message}\n`),
  });
  return {
    ...services,
    async stop() {
      await services.stop();
      await database?.drop();
      removeEmbeddedPostgres(dataDir);
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
    control: (method, resource, body) => control(services, method, resource, body),
  };
}

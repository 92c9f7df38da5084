import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { removeEmbeddedPostgres } from '../../scripts/embedded-postgres.ts';
import { control } from '../../scripts/lib/shop-visit.ts';
import { startServices, type Services, type StartOptions } from '../../scripts/services.ts';
import { createTestDatabase } from './database.ts';
import { expectNoPersonsIn, listPersonsData } from './persons-in-logs.ts';

export interface TestAppOptions extends Pick<StartOptions, 'worker' | 'env'> {
  /** True when the test stops or kills PostgreSQL: it then gets a server of its own (1 s) instead of a database. */
  ownPostgres?: boolean;
}

/** The whole product in processes of its own, on free ports, with an empty database. */
export interface TestApp extends Services {
  /** Sends JSON to the sandbox's control API, such as `control('POST', 'orders', {...})`; throws unless 2xx. */
  control<T = unknown>(method: 'GET' | 'POST', resource: string, body?: unknown): Promise<T>;
}

/**
 * Starts sandbox, web and worker for a scenario or browser test; call `stop` in afterAll: it fails when the logs name a
 * person.
 */
export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { ownPostgres = false, ...rest } = options;
  return startAppOn(ownPostgres ? undefined : (await createTestDatabase()).url, rest);
}

/** The same on this database. */
export async function startAppOn(
  databaseUrl: string | undefined,
  rest: Omit<TestAppOptions, 'ownPostgres'> = {},
): Promise<TestApp> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-scenario-'));
  const services = await startServices({
    dataDir,
    durable: false,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...rest,
    // Everything that is ever logged, so that it can be searched for persons.
    env: { LOG_LEVEL: 'debug', ...rest.env },
    onUnexpectedEnd: (message) => process.stderr.write(`${withoutDetails(message)}\n`),
  });
  return {
    ...services,
    async stop() {
      try {
        const persons = await listPersonsData(services).finally(() => services.stop());
        expectNoPersonsIn(services.logDir, persons);
      } finally {
        removeEmbeddedPostgres(dataDir);
        fs.rmSync(dataDir, { recursive: true, force: true });
      }
    },
    control: (method, resource, body) => control(services, method, resource, body),
  };
}

/** Leaves lines of the levels `debug` and `info` out. */
function withoutDetails(log: string): string {
  return log
    .split('\n')
    .filter((line) => !/^\{"level":[123]0,/.test(line))
    .join('\n');
}

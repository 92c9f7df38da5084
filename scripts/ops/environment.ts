import fs from 'node:fs';
import path from 'node:path';
import { startEmbeddedPostgres } from '../embedded-postgres.ts';
import { ENVIRONMENT_FILE } from '../services.ts';

/**
 * Completes the app's environment for an ops command. With DATABASE_URL set it is used as it is; without, the demo's
 * below DATA_DIR is used, and its PostgreSQL is started when no demo runs. The log of the command has `logLevel`, not that
 * of the services: it shares their standard output. Returns a function to call at the end.
 * @throws Error that says what is missing.
 */
export async function useOperatorEnvironment(logLevel: 'warn' | 'silent'): Promise<() => Promise<void>> {
  process.env.LOG_LEVEL = logLevel;
  if (process.env.DATABASE_URL) return async () => undefined;
  const dataDir = path.resolve(process.env.DATA_DIR || '.data');
  const file = path.join(dataDir, ENVIRONMENT_FILE);
  if (!fs.existsSync(file)) {
    throw new Error(
      `DATABASE_URL is not set and there is no demo in ${dataDir}: run npm run demo first, or set the variables of .env.example.`,
    );
  }
  const demo: Record<string, string> = JSON.parse(fs.readFileSync(file, 'utf8'));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: true });
  Object.assign(process.env, { ...demo, ...definedOnly(process.env), DATABASE_URL: postgres.url });
  return () => postgres.stop();
}

/** Variables that the caller set win over the demo's. */
function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

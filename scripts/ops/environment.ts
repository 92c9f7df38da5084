import fs from 'node:fs';
import path from 'node:path';
import { startEmbeddedPostgres } from '../embedded-postgres.ts';
import { ENVIRONMENT_FILE } from '../services.ts';

/**
 * Makes the app's environment complete for an ops command. With DATABASE_URL set it is taken as it is; without, the
 * demo's below DATA_DIR is used, and its PostgreSQL is started when no demo runs. Returns what to call at the end.
 * @throws Error that says what is missing.
 */
export async function useOperatorEnvironment(): Promise<() => Promise<void>> {
  process.env.LOG_LEVEL ||= 'warn';
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

/** Variables that the caller set by hand win over the demo's. */
function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

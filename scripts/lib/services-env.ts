import fs from 'node:fs';
import path from 'node:path';

/** File in DATA_DIR with the environment of the services that run on it, for `npm run ops` beside a demo. */
export const SERVICES_ENV_FILE = 'services.env';

/** Writes the environment, readable by the owner alone: it holds the password of the database. */
export function writeServicesEnv(dataDir: string, env: Record<string, string>): void {
  const lines = Object.entries(env).map(([name, value]) => `${name}="${value}"`);
  fs.writeFileSync(path.join(dataDir, SERVICES_ENV_FILE), `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** Removes it when the services have stopped. */
export function removeServicesEnv(dataDir: string): void {
  fs.rmSync(path.join(dataDir, SERVICES_ENV_FILE), { force: true });
}

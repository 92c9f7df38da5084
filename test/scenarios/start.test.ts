/**
 * `npm run start` and `npm run worker` on a machine where nothing is set: every missing variable is named. In production
 * they install and build nothing.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

const NEEDED = [
  'DATABASE_URL',
  'SHOPIFY_API_KEY',
  'SHOPIFY_API_SECRET',
  'SHOPIFY_APP_URL',
  'TOKEN_ENCRYPTION_KEYS',
];

/** Only what npm itself needs: the variables of the test run would fill what is to be missing. */
const BARE: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_ENV: 'production',
};

function run(script: 'start' | 'worker', env: Record<string, string> = {}) {
  const { status, stderr } = spawnSync('npm', ['run', '--silent', script], {
    encoding: 'utf8',
    env: { ...BARE, ...env },
    timeout: 180_000,
  });
  return { status, stderr };
}

test.each(['start', 'worker'] as const)(
  'npm run %s without an environment names what is missing',
  (script) => {
    const { status, stderr } = run(script);
    expect(status).toBe(1);
    for (const name of NEEDED) expect(stderr).toContain(`${name}: is missing`);
    expect(stderr).toContain('.env.example');
    expect(stderr).not.toMatch(/^\s+at /m);
  },
);

test('what is wrong is named too, and the values are not shown', () => {
  const { status, stderr } = run('start', {
    SHOPIFY_API_KEY: 'key',
    SHOPIFY_API_SECRET: 'a-secret-of-ours',
    SHOPIFY_APP_URL: 'setia.example.com',
    TOKEN_ENCRYPTION_KEYS: 'k1:dG9vIHNob3J0',
    SHOPIFY_SANDBOX_ORIGIN: 'https://elsewhere.example.com',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('DATABASE_URL: is missing');
  for (const name of ['SHOPIFY_APP_URL', 'TOKEN_ENCRYPTION_KEYS', 'SHOPIFY_SANDBOX_ORIGIN']) {
    expect(stderr).toContain(`${name}: `);
  }
  expect(stderr).not.toContain('SHOPIFY_API_KEY');
  expect(stderr).not.toContain('a-secret-of-ours');
  expect(stderr).not.toContain('dG9vIHNob3J0');
  expect(stderr).not.toMatch(/^\s+at /m);
});

describe('in production', () => {
  const COPIED = ['package.json', 'package-lock.json', 'scripts/ensure-installed.mjs', 'scripts/prepare.ts'];
  const folders: string[] = [];

  afterEach(() => {
    for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true });
  });

  /** A clone in which nothing is installed or built. */
  function bareClone(): string {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-production-'));
    folders.push(folder);
    for (const file of COPIED) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.copyFileSync(file, path.join(folder, file));
    }
    return folder;
  }

  /** What npm runs before `npm run <script>`, by the words of package.json. */
  function runBefore(folder: string, script: string) {
    const { scripts } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
    const [command, ...args] = scripts[`pre${script}`].split(' ');
    expect(command).toBe('node');
    // A PATH without npm: whatever tried to install would fail with another message.
    return spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { NODE_ENV: 'production' },
    });
  }

  test.each(['start', 'worker', 'ops', 'db:migrate'])('npm run %s installs nothing', (script) => {
    const folder = bareClone();
    const { status, stderr } = runBefore(folder, script);
    expect(status).toBe(1);
    expect(stderr).toContain('npm ci --omit=dev');
    expect(fs.readdirSync(folder).sort()).toEqual(['package-lock.json', 'package.json', 'scripts']);
  });

  test.each([
    ['start', 'The Prisma client and the web app of these sources'],
    ['worker', 'The Prisma client of these sources'],
  ])('npm run %s builds nothing', (script, expected) => {
    const folder = bareClone();
    fs.mkdirSync(path.join(folder, 'node_modules'));
    fs.writeFileSync(path.join(folder, 'node_modules', '.package-lock.json'), '{}');
    const { status, stderr } = runBefore(folder, script);
    expect(status).toBe(1);
    expect(stderr).toContain(expected);
    expect(stderr).toContain('npm run build');
    expect(fs.readdirSync(path.join(folder, 'node_modules'))).toEqual(['.package-lock.json']);
  });
});

/** `npm run start` and `npm run worker` on a machine where nothing is set: every missing variable is named. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

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
    timeout: 60_000,
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

import { defineConfig } from 'vitest/config';

const DATABASE_SETUP = {
  globalSetup: ['test/setup/postgres.ts'],
  setupFiles: ['test/setup/database-per-file.ts'],
};
const SERVICE_TIMEOUT_MS = 240_000;

/** The suites, from fast to slow; `npm run test:<name>` runs one, `npm test` all. */
export default defineConfig({
  test: {
    env: { TZ: 'UTC', NODE_ENV: 'test' },
    // Two tests of one file never run side by side; two files do, each on its own database.
    maxWorkers: 2,
    // Property tests try hundreds of cases; on a busy machine the default of 5 s is short.
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] } },
      {
        extends: true,
        test: { name: 'db', include: ['test/db/**/*.test.ts'], ...DATABASE_SETUP },
      },
      {
        extends: true,
        test: {
          name: 'routes',
          include: ['test/routes/**/*.test.{ts,tsx}'],
          ...DATABASE_SETUP,
        },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          ...DATABASE_SETUP,
        },
      },
      {
        extends: true,
        esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
        test: {
          name: 'extensions',
          include: ['test/extensions/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          // The tester imports the extension's own modules, which Node alone cannot load.
          server: { deps: { inline: ['@shopify/ui-extensions-tester'] } },
        },
      },
      {
        extends: true,
        test: {
          name: 'scenarios',
          include: ['test/scenarios/**/*.test.ts'],
          testTimeout: SERVICE_TIMEOUT_MS,
          hookTimeout: SERVICE_TIMEOUT_MS,
          globalSetup: ['test/setup/prepare.ts', 'test/setup/postgres.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: SERVICE_TIMEOUT_MS,
          hookTimeout: SERVICE_TIMEOUT_MS,
          globalSetup: ['test/setup/prepare.ts', 'test/setup/postgres.ts'],
        },
      },
    ],
  },
});

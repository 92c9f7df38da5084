import path from 'node:path';
import { defineConfig } from 'vitest/config';

// What Node has compiled is kept for the next process: services and workers start in half the time.
process.env.NODE_COMPILE_CACHE ??= path.resolve(import.meta.dirname, '.cache/node');

const DATABASE_SETUP = {
  isolate: false,
  globalSetup: ['test/setup/postgres.ts'],
  setupFiles: ['test/setup/database-per-file.ts'],
};
const SERVICE_TIMEOUT_MS = 600_000;
/** Suites of real processes, one of them a browser: all on the machine's clock. */
const UNSHIFTED = { TEST_CLOCK_SHIFT_DAYS: '' };
/** Says that a test hangs, not that the machine is slow: one that others keep busy takes ten times as long. */
const TIMEOUT_MS = 300_000;
const POLL_TIMEOUT_MS = 60_000;

/** The suites, from fast to slow; `npm run test:<name>` runs one, `npm test` all. */
export default defineConfig({
  test: {
    env: { TZ: 'UTC', NODE_ENV: 'test' },
    setupFiles: ['test/setup/clock-shift.ts', 'test/setup/last-frames.ts'],
    // Two tests of one file never run side by side; two files do, each on its own database.
    maxWorkers: 2,
    testTimeout: TIMEOUT_MS,
    hookTimeout: TIMEOUT_MS,
    // The default of 1 s is the machine's, not the product's.
    expect: { poll: { timeout: POLL_TIMEOUT_MS } },
    projects: [
      {
        extends: true,
        test: { name: 'unit', isolate: false, include: ['test/unit/**/*.test.{ts,tsx}'] },
      },
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
          env: UNSHIFTED,
          // They mostly wait: for processes to start, to be killed and to come back.
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
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
          env: UNSHIFTED,
          isolate: false,
          include: ['test/browser/**/*.test.ts'],
          testTimeout: SERVICE_TIMEOUT_MS,
          hookTimeout: SERVICE_TIMEOUT_MS,
          globalSetup: ['test/setup/prepare.ts', 'test/setup/postgres.ts', 'test/setup/browser-suite.ts'],
        },
      },
    ],
  },
});

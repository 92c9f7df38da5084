/** Global set-up of the browser suite: one product and one Chromium for all of its files (`useSuite`). */
import type { TestProject } from 'vitest/node';
import { createScratchDatabase } from '../../scripts/lib/scratch-database.ts';
import { startAppOn } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    browserSuite: {
      app: { appUrl: string; sandboxUrl: string; databaseUrl: string };
      /** Where Playwright connects to Chromium. */
      browserUrl: string;
    };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, templateDatabase } = project.getProvidedContext();
  const database = await createScratchDatabase(adminUrl, templateDatabase, templateDatabase);
  // One after the other: while Chromium is unpacked, the first time, this process's folder for temporary files is another.
  const browser = await launchBrowser();
  const app = await startAppOn(database.url);
  const { appUrl, sandboxUrl, databaseUrl } = app;
  project.provide('browserSuite', {
    app: { appUrl, sandboxUrl, databaseUrl },
    browserUrl: browser.wsEndpoint(),
  });
  return async () => {
    await browser.close();
    await app.stop();
  };
}

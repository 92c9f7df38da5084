/** What all files of the suite share, the product and Chromium, and the shop that each has of its own in it. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { control } from '../../scripts/lib/shop-visit.ts';
import type { TestApp } from '#test/support/app.ts';

export interface Suite {
  app: Pick<TestApp, 'appUrl' | 'sandboxUrl' | 'databaseUrl' | 'control'>;
  browser: Browser;
  /** Domain of the file's shop, which begins as the demo's does; the app is not installed there yet. */
  shop: string;
}

/** A connection to the suite's Chromium; what is opened over it goes with it. */
export function connectBrowser(): Promise<Browser> {
  return chromium.connect(inject('browserSuite').browserUrl);
}

/** Provides the tests of a file with the suite's app and browser, and a shop named after the file. */
export function useSuite(): Suite {
  const suite = {} as Suite;
  beforeAll(async () => {
    const { app } = inject('browserSuite');
    suite.app = {
      ...app,
      control: (method, resource, body) => control(app, method, resource, body),
    };
    const name = path.basename(expect.getState().testPath ?? '', '.test.ts');
    suite.shop = `${name}-${randomBytes(3).toString('hex')}.myshopify.com`;
    await suite.app.control('POST', 'shops', { domain: suite.shop });
    suite.browser = await connectBrowser();
  });
  afterAll(() => suite.browser?.close());
  return suite;
}

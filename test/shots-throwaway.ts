import { chromium } from 'playwright-core';
import { launchBrowser } from './support/browser.ts';
const [, , out, base, ...paths] = process.argv;
const server = await launchBrowser();
const browser = await chromium.connect(server.wsEndpoint());
for (const path of paths)
  for (const [width, height] of [
    [1280, 1000],
    [390, 900],
  ] as const) {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.goto(path.startsWith('http') ? path : `${base}/admin/setia-demo.myshopify.com/apps/setia/app${path}`);
    if (!path.startsWith('http'))
      await page.frameLocator('iframe.app-frame').getByRole('heading', { level: 1 }).waitFor({ timeout: 60_000 }).catch((e) => console.log(path, String(e).slice(0, 200)));
    await page.waitForTimeout(900);
    await page.screenshot({ path: `${out}/${path.replace(/[^a-z0-9]+/gi, '_').slice(-40)}_${width}.png` });
    await page.close();
  }
await browser.close();
await server.close();
process.exit(0);

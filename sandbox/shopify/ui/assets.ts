import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Sandbox } from '../../sandbox.ts';
import type { Router } from '../../router.ts';
import { UnknownError } from '../../world.ts';
import { bundleExtension, bundleShouldRender, measureScript } from '../extensions/bundle-extension.ts';
import { listUiExtensions, readExtension } from '../extensions/read-extension.ts';

const SHOPIFY_FOLDER = join(import.meta.dirname, '..');
const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** Scripts of the pages by the address they are served at. */
const SCRIPTS: Record<string, string> = {
  '/app-bridge.js': 'admin-frame/client/app-bridge.ts',
  '/_assets/frame.js': 'admin-frame/client/frame.ts',
  '/_assets/storefront.js': 'theme/client/storefront.ts',
  '/_assets/checkout.js': 'checkout/client/page.ts',
  '/_assets/account.js': 'account/client/page.ts',
  '/_assets/pos.js': 'pos/client/page.ts',
  '/_assets/admin-extensions.js': 'admin-frame/client/extensions.ts',
  '/_assets/extension-host.js': 'extensions/client/extension-host.ts',
  '/_assets/extension-worker.js': 'extensions/client/extension-worker.ts',
  '/_assets/console.js': 'console/client/main.ts',
};

/** Parts of the one stylesheet, in their order. */
const STYLES = [
  'base.css',
  'landing.css',
  'storefront.css',
  'checkout.css',
  'account.css',
  'pos.css',
  'admin.css',
  'admin-pages.css',
  'console.css',
];

/** Registers the stylesheet, the pages' scripts, and the extensions bundled as the Shopify CLI does it. */
export function registerAssets(router: Router, sandbox: Sandbox): void {
  const kept = new Map<string, Promise<string>>();
  const once = (key: string, make: () => Promise<string>) => {
    const made = kept.get(key) ?? make();
    kept.set(key, made);
    // A failed build is tried again: its source may have been mended since.
    made.catch(() => kept.delete(key));
    return made;
  };
  const serve = (path: string, contentType: string, make: () => Promise<string>) =>
    router.add('GET', path, async (exchange) => {
      const text = await once(exchange.url.pathname, make);
      exchange.sendText(200, text, contentType, { 'cache-control': 'no-cache' });
    });

  for (const [path, entry] of Object.entries(SCRIPTS)) serve(path, JAVASCRIPT, () => bundleScript(entry));
  serve('/_assets/style.css', 'text/css; charset=utf-8', readStyles);
  router.add('GET', '/_assets/extensions/:name', async (exchange) => {
    const name = (exchange.params.name ?? '').replace(/\.js$/, '');
    if (!(await listUiExtensions()).includes(name)) throw new UnknownError(`no extension ${name}`);
    const script = await once(exchange.url.pathname, () => bundleMeasured(name, sandbox.options.appUrl));
    exchange.sendText(200, script, JAVASCRIPT, { 'cache-control': 'no-cache' });
  });
  router.add('GET', '/_assets/should-render/:name/:target', async (exchange) => {
    const { name = '', target = '' } = exchange.params;
    const script = await once(exchange.url.pathname, () =>
      bundleDecision(name, target, sandbox.options.appUrl),
    );
    exchange.sendText(200, script, JAVASCRIPT, { 'cache-control': 'no-cache' });
  });
  router.add('GET', '/favicon.ico', (exchange) => exchange.sendText(200, FAVICON, 'image/svg+xml'));
}

const FAVICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#175e4c"/>' +
  '<path d="M16 24s-8-4.6-8-10.2A4.3 4.3 0 0 1 16 11.500a4.300 4.300 0 0 1 8 2.300C24 19.400 16 24 16 24z" fill="#fff"/></svg>';

/** A script that Shopify would refuse for its size must not run here either. */
async function bundleMeasured(name: string, appUrl: string): Promise<string> {
  const script = await bundleExtension(name, { APP_URL: appUrl });
  const { deflatedBytes, limitBytes } = measureScript(script, await readExtension(name));
  if (deflatedBytes > limitBytes)
    throw new Error(`extensions/${name}: ${deflatedBytes} bytes deflated, ${limitBytes} are allowed`);
  return script;
}

/** The script that decides whether a target is offered. */
async function bundleDecision(name: string, target: string, appUrl: string): Promise<string> {
  const script = (await listUiExtensions()).includes(name)
    ? await bundleShouldRender(name, target, { APP_URL: appUrl })
    : null;
  if (script === null) throw new UnknownError(`${name} has no should_render for ${target}`);
  return script;
}

async function bundleScript(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [join(SHOPIFY_FOLDER, entry)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
  });
  return result.outputFiles[0]?.text ?? '';
}

async function readStyles(): Promise<string> {
  const parts = await Promise.all(
    STYLES.map((file) => readFile(join(SHOPIFY_FOLDER, 'ui/styles', file), 'utf8')),
  );
  return parts.join('\n');
}

/** Files of themes and of the theme extension, as Shopify's CDN serves them. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Exchange, Router } from '../../router.ts';
import { UnknownError } from '../../world.ts';
import { THEME_EXTENSION } from './block-texts.ts';
import { THEMES } from './placed-blocks.ts';
import { EXTENSION_CDN } from './render-blocks.ts';
import { THEMES_FOLDER } from './render-page.ts';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};
/** A name in a folder, and nothing that leads out of it. */
const FILE = /^[\w-]+\.(js|css)$/;

/** Registers the addresses that the filter `asset_url` gives. */
export function registerThemeAssets(router: Router): void {
  router.add('GET', `${EXTENSION_CDN}/:file`, (exchange) =>
    sendFile(exchange, join(THEME_EXTENSION, 'assets'), exchange.params.file ?? ''),
  );
  router.add('GET', '/cdn/themes/:theme/:file', (exchange) => {
    const theme = THEMES.find((each) => each === exchange.params.theme);
    if (!theme) throw new UnknownError(`no theme ${exchange.params.theme}`);
    return sendFile(exchange, join(THEMES_FOLDER, theme, 'assets'), exchange.params.file ?? '');
  });
}

async function sendFile(exchange: Exchange, folder: string, file: string): Promise<void> {
  if (!FILE.test(file)) throw new UnknownError(`no asset ${file}`);
  const text = await readFile(join(folder, file), 'utf8').catch(() => null);
  if (text === null) throw new UnknownError(`no asset ${file}`);
  exchange.sendText(200, text, TYPES[extname(file)], { 'cache-control': 'no-cache' });
}

/** The app's blocks, rendered from the files of the theme extension as Shopify would. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Liquid } from 'liquidjs';
import { escapeHtml } from '../ui/html.ts';
import { createWords, type Locale } from '../ui/i18n.ts';
import { blockTexts, THEME_EXTENSION } from './block-texts.ts';
import { createLiquid, readBlockSchema, type BlockSchema } from './liquid.ts';
import { themeMoney } from './theme-money.ts';

/** Where the sandbox serves the extension's assets, as Shopify's CDN does. */
export const EXTENSION_CDN = '/cdn/extensions/theme-club/assets';

export interface RenderedBlock {
  handle: string;
  html: string;
  schema: BlockSchema;
}

const engines = new Map<string, Liquid>();

/** An engine for a language and a currency: filters know both. */
function engineOf(locale: Locale, currency: string): Liquid {
  const key = `${locale} ${currency}`;
  const engine =
    engines.get(key) ??
    createLiquid({
      root: join(THEME_EXTENSION, 'snippets'),
      translate: blockTexts(locale),
      assetUrl: (name) => `${EXTENSION_CDN}/${name}`,
      money: themeMoney(createWords(locale), currency),
    });
  engines.set(key, engine);
  return engine;
}

/**
 * Renders a block with its default settings.
 * @param globals what every template sees, and `product` or `page` where the page has one
 */
export async function renderBlock(
  handle: string,
  globals: Record<string, unknown>,
  { locale, currency }: { locale: Locale; currency: string },
): Promise<RenderedBlock> {
  const source = await readFile(join(THEME_EXTENSION, 'blocks', `${handle}.liquid`), 'utf8');
  const schema = readBlockSchema(source);
  const settings = Object.fromEntries(
    schema.settings.flatMap(({ id, default: value }) => (id === undefined ? [] : [[id, value ?? null]])),
  );
  const block = {
    id: `block-${handle}`,
    settings,
    shopify_attributes: `data-shopify-editor-block="${handle}"`,
  };
  const engine = engineOf(locale, currency);
  const html: unknown = await engine.parseAndRender(source, { block }, { globals });
  return { handle, schema, html: String(html).trim() };
}

/** The style sheets and scripts of blocks, each once, as Shopify puts them into the page. */
export function assetsOf(blocks: readonly RenderedBlock[]): { styles: string; scripts: string } {
  const names = (key: 'stylesheet' | 'javascript'): string[] => [
    ...new Set(blocks.flatMap(({ html, schema }) => (html !== '' && schema[key] ? [schema[key]] : []))),
  ];
  const address = (name: string): string => escapeHtml(`${EXTENSION_CDN}/${name}`);
  return {
    styles: names('stylesheet')
      .map((name) => `<link rel="stylesheet" href="${address(name)}">`)
      .join(''),
    scripts: names('javascript')
      .map((name) => `<script src="${address(name)}" defer></script>`)
      .join(''),
  };
}

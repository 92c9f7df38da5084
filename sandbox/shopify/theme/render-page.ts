/** Pages of the storefront, from the Liquid files of the shop's theme. */
import { join } from 'node:path';
import type { Liquid } from 'liquidjs';
import type { Sandbox } from '../../sandbox.ts';
import type { Exchange } from '../../router.ts';
import type { StoreVisit } from '../storefront/visit.ts';
import { addressIn, createWords, type Locale } from '../ui/i18n.ts';
import { cartJson } from './cart-json.ts';
import { globalDrops } from './drops.ts';
import { createLiquid } from './liquid.ts';
import { BLOCKS, isBlock, themeOf, type ThemeName } from './placed-blocks.ts';
import { assetsOf, renderBlock, type RenderedBlock } from './render-blocks.ts';
import { themeMoney } from './theme-money.ts';

export const THEMES_FOLDER = join(import.meta.dirname, 'themes');

export interface ThemePage {
  template: 'index' | 'collection' | 'product' | 'cart' | 'page';
  title: string;
  /** What the template sees beside the globals: `product`, `collection`, `page`. */
  drops: Record<string, unknown>;
}

const engines = new Map<string, Liquid>();

function themeEngine(theme: ThemeName, locale: Locale, currency: string): Liquid {
  const key = `${theme} ${locale} ${currency}`;
  const words = createWords(locale);
  const engine =
    engines.get(key) ??
    createLiquid({
      root: join(THEMES_FOLDER, theme),
      translate: (name, values) =>
        words.t(
          name,
          Object.fromEntries(Object.entries(values).map(([each, value]) => [each, String(value ?? '')])),
        ),
      assetUrl: (name) => `/cdn/themes/${theme}/${name}`,
      money: themeMoney(words, currency),
    });
  engines.set(key, engine);
  return engine;
}

/** Sends a page; with `?section_id=main` only its main section, as the Section Rendering API does. */
export async function sendThemePage(
  exchange: Exchange,
  sandbox: Sandbox,
  visit: StoreVisit,
  page: ThemePage,
  status = 200,
): Promise<void> {
  const { shop, words } = visit;
  const { locale } = words;
  const state = sandbox.world.shop(shop.domain);
  const theme = themeOf(state);
  const cart = cartJson(sandbox.world, visit);
  const globals = {
    ...globalDrops(sandbox.world, visit, cart, { path: exchange.url.pathname, template: page.template }),
    ...page.drops,
  };
  const placed = theme.blocks.filter(isBlock);
  const render = (handles: readonly string[]): Promise<RenderedBlock[]> =>
    Promise.all(handles.map((handle) => renderBlock(handle, globals, { locale, currency: shop.currency })));
  const blocks = await render(placed.filter((handle) => BLOCKS[handle] === page.template));
  const embeds = await render(placed.filter((handle) => BLOCKS[handle] === 'body'));
  const { styles, scripts } = assetsOf([...blocks, ...embeds]);
  const engine = themeEngine(theme.name, locale, shop.currency);
  const scope = {
    page_title: page.title,
    app_blocks: blocks.map(({ html }) => html).join('\n'),
    cart_json: JSON.stringify(cart),
  };
  const main: unknown = await engine.renderFile(`templates/${page.template}`, scope, { globals });
  const headers = { 'cache-control': 'no-store' };
  if (exchange.url.searchParams.has('section_id'))
    return exchange.sendText(status, String(main), 'text/html; charset=utf-8', headers);
  const document: unknown = await engine.renderFile(
    'layout/theme',
    {
      ...scope,
      content_for_layout: main,
      content_for_header: `${styles}${storefrontScript(theme)}`,
      app_embeds: `${embeds.map(({ html }) => html).join('\n')}${scripts}`,
      languages: (['en', 'id'] as const).map((each) => ({
        iso_code: each,
        url: addressIn(exchange.url, each),
        is_current: each === locale,
      })),
    },
    { globals },
  );
  exchange.sendText(status, String(document), 'text/html; charset=utf-8', headers);
}

/** What Shopify itself adds to every page: `Shopify.actions`. */
function storefrontScript({ hasActions, hasEvents }: { hasActions: boolean; hasEvents: boolean }): string {
  if (!hasActions) return '';
  return `<script src="/_assets/storefront.js"${hasEvents ? ' data-events' : ''} defer></script>`;
}

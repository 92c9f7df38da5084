import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import type { ThemeState } from '../../state.ts';
import { activeExtensions } from '../extensions/placed-targets.ts';
import { THEME_EXTENSION } from '../theme/block-texts.ts';
import { readBlockSchema } from '../theme/liquid.ts';
import { BLOCKS, isBlock, placeBlocks, THEMES, themeOf } from '../theme/placed-blocks.ts';
import { html } from '../ui/html.ts';
import { wordsOf } from '../ui/i18n.ts';
import { sendFramePage } from './frame-layout.ts';

/** Registers the theme editor, as far as placing the app's blocks goes, and what App Bridge says of it. */
export function registerThemePages(router: Router, sandbox: Sandbox): void {
  router.add('GET', '/admin/:shop/themes', (exchange) => sendEditor(exchange, sandbox));
  // The deep links of an app.
  router.add('GET', '/admin/:shop/themes/current/editor', (exchange) => sendEditor(exchange, sandbox));
  router.add('POST', '/admin/:shop/themes', async (exchange) => {
    const state = sandbox.world.shop(exchange.params.shop ?? '');
    const form = await exchange.form();
    const name = THEMES.find((each) => each === form.get('theme'));
    if (name) themeOf(state).name = name;
    placeBlocks(state, form.getAll('block'));
    exchange.redirect(`/admin/${state.shop.domain}/themes?saved=1`);
  });
  router.add('GET', '/admin/:shop/extensions', async (exchange) => {
    const state = sandbox.world.shop(exchange.params.shop ?? '');
    exchange.sendJson(200, [placedBlocks(themeOf(state)), ...(await activeExtensions(state.shop))]);
  });
}

/** The block that a deep link names: `<client id>/<handle>`. */
function wantedBlock({ searchParams }: URL, apiKey: string): string | null {
  const wanted = searchParams.get('addAppBlockId') ?? searchParams.get('activateAppId') ?? '';
  const handle = wanted.startsWith(`${apiKey}/`) ? wanted.slice(apiKey.length + 1) : '';
  return isBlock(handle) ? handle : null;
}

function sendEditor(exchange: Exchange, { world, options }: Sandbox): void {
  const state = world.shop(exchange.params.shop ?? '');
  const { shop } = state;
  const words = wordsOf(exchange);
  const theme = themeOf(state);
  const wanted = wantedBlock(exchange.url, options.apiKey);
  const t = (key: string) => words.t(`admin.themes.${key}`);
  const content = html`<div class="admin-page">
    <h1>${t('title')}</h1>
    <p class="muted">${t('lead')}</p>
    ${exchange.url.searchParams.has('saved') ? html`<p class="notice" role="status">${t('saved')}</p>` : ''}
    ${wanted ? html`<p class="notice">${t('wanted')}</p>` : ''}
    <form method="post" action="/admin/${shop.domain}/themes" class="card">
      <fieldset>
        <legend>${t('theme')}</legend>
        ${THEMES.map(
          (name) =>
            html`<p>
              <label
                ><input type="radio" name="theme" value="${name}" ${theme.name === name ? 'checked' : ''} />
                ${t(name)}</label
              >
            </p>`,
        )}
      </fieldset>
      <fieldset>
        <legend>${t('blocks')}</legend>
        ${Object.keys(BLOCKS).map(
          (handle) =>
            html`<p>
              <label
                ><input
                  type="checkbox"
                  name="block"
                  value="${handle}"
                  ${theme.blocks.includes(handle) || handle === wanted ? 'checked' : ''}
                />
                ${t(handle)}</label
              >
            </p>`,
        )}
      </fieldset>
      <button class="button primary">${t('save')}</button>
      <a href="/store/${shop.domain}">${t('view')}</a>
    </form>
  </div>`;
  sendFramePage(exchange, { words, shop, title: t('title'), current: 'themes', content });
}

/** As App Bridge describes it: one theme extension with an activation for each block, placed or not. */
function placedBlocks(theme: ThemeState): object {
  const activations = Object.keys(BLOCKS).map((handle) => {
    const source = readFileSync(join(THEME_EXTENSION, 'blocks', `${handle}.liquid`), 'utf8');
    const { target, name } = readBlockSchema(source);
    const isOn = theme.blocks.includes(handle);
    return {
      target,
      handle,
      name,
      status: isOn ? 'active' : 'available',
      activations: isOn
        ? [
            {
              target: `template--${BLOCKS[isBlock(handle) ? handle : 'banner']}`,
              themeId: 'gid://shopify/OnlineStoreTheme/1',
            },
          ]
        : [],
    };
  });
  return { handle: 'theme-club', type: 'theme_app_extension', activations };
}

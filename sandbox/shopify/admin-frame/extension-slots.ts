import type { Exchange, Router } from '../../router.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { Shop } from '../../state.ts';
import { extensionFrames, sendExtensionFrame } from '../extensions/extension-frame.ts';
import { findExtensions, readCatalogues, readExtension } from '../extensions/read-extension.ts';
import { readLinks } from '../extensions/read-links.ts';
import { signSessionToken } from '../session-token.ts';
import { html, jsonScript, type Markup } from '../ui/html.ts';
import { wordsOf, type Words } from '../ui/i18n.ts';

/** The script of pages with blocks and actions. */
export const EXTENSION_SCRIPT = '/_assets/admin-extensions.js';

/** Registers the documents of extensions in the admin, and the token that they ask for. */
export function registerAdminExtensions(router: Router, sandbox: Sandbox): void {
  router.add('GET', '/admin/:shop/extension/:name/:target', async (exchange) => {
    const { shop } = sandbox.world.shop(exchange.params.shop ?? '');
    const { name = '', target = '' } = exchange.params;
    await sendExtensionFrame(exchange, {
      words: wordsOf(exchange),
      shop,
      customer: null,
      extension: await readExtension(name),
      target,
      base: `/admin/${shop.domain}/extension-services`,
      data: { admin: { selected: selectedOf(exchange), appUrl: sandbox.options.appUrl } },
    });
  });
  router.add('POST', '/admin/:shop/extension-services/id-token', (exchange) => {
    const { shop } = sandbox.world.shop(exchange.params.shop ?? '');
    const token = signSessionToken(sandbox.options, { surface: 'admin_extension', shop: shop.domain });
    exchange.sendJson(200, { result: token });
  });
}

function selectedOf({ url }: Exchange): { id: string }[] {
  return (url.searchParams.get('ids') ?? '')
    .split(',')
    .filter((id) => id !== '')
    .map((id) => ({ id }));
}

/** A page with a record: its blocks and its actions. */
export interface ExtensionSlots {
  blocks: Markup;
  actions: Markup;
}

const sourceOf =
  (shop: Shop, target: string, ids: string) =>
  ({ handle }: { handle: string }) =>
    `/admin/${shop.domain}/extension/${handle}/${target}?ids=${encodeURIComponent(ids)}`;

/**
 * Returns the blocks and the "More actions" of a record's page.
 * @param page `customer-details` or `order-details`
 * @param gid the record
 */
export async function slotsOf(words: Words, shop: Shop, page: string, gid: string): Promise<ExtensionSlots> {
  const target = `admin.${page}.block.render`;
  const frames = await extensionFrames(
    shop,
    target,
    words.t('admin.extensions.block'),
    sourceOf(shop, target, gid),
  );
  return {
    blocks: html`<div class="extension-blocks">${frames}</div>`,
    actions: await actionsOf(words, shop, `admin.${page}.action.render`, gid, page),
  };
}

/** The menu of actions of a target; what decides whether one is offered runs unseen. `gid` empty: the page's selection. */
export async function actionsOf(
  words: Words,
  shop: Shop,
  target: string,
  gid: string,
  page: string | null,
): Promise<Markup> {
  const extensions = await findExtensions(target);
  const entries = await Promise.all(
    extensions.map(async ({ handle, targets }) => {
      const decides = targets.some((each) => each.target === target && each.shouldRender !== null);
      const decision = target.replace(/\.render$/, '.should-render');
      return html`<li data-action="${handle}" ${decides ? html`hidden` : ''}>
        <button type="button" class="button" data-open="${handle}">${await nameOf(handle, words)}</button>
        ${
          decides
            ? html`<span hidden
                ><iframe
                  class="extension-frame"
                  title="${handle}"
                  data-decides="${handle}"
                  src="${sourceOf(shop, decision, gid)({ handle })}"
                ></iframe
              ></span>`
            : ''
        }
      </li>`;
    }),
  );
  const links = page === null ? [] : await linkEntries(words, shop, page, gid);
  const settings = { base: `/admin/${shop.domain}`, target, gid };
  return html`<details class="more-actions">
      <summary class="button">${words.t('admin.extensions.actions')}</summary>
      <ul>
        ${entries}${links}
      </ul>
    </details>
    <dialog class="action-modal" aria-label="${words.t('admin.extensions.action')}"></dialog>
    ${jsonScript('extension-settings', settings)}`;
}

/** Links of the app: Shopify adds the record's id to their address. */
async function linkEntries(words: Words, shop: Shop, page: string, gid: string): Promise<Markup[]> {
  const links = await readLinks(`admin.${page}.action.link`);
  return Promise.all(
    links.map(async ({ name, url }) => {
      const path = url.replace(/^app:\/\//, '/');
      const id = gid.split('/').at(-1) ?? '';
      return html`<li>
        <a href="/admin/${shop.domain}/apps/setia${path}?id=${id}">${await nameOf(name, words)}</a>
      </li>`;
    }),
  );
}

async function nameOf(folder: string, { locale }: Words): Promise<string> {
  const catalogues = await readCatalogues(folder, locale);
  const name = catalogues.map((each) => each['name']).find((each) => typeof each === 'string');
  return typeof name === 'string' ? name : folder;
}

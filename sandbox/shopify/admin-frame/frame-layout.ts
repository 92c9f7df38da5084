import type { Exchange } from '../../router.ts';
import type { Shop } from '../../state.ts';
import { html, type Markup } from '../ui/html.ts';
import { languageSwitch, sendPage } from '../ui/layout.ts';
import type { Words } from '../ui/i18n.ts';

/** A page inside the look of Shopify's admin. */
export interface FramePage {
  words: Words;
  shop: Shop;
  title: string;
  current: 'orders' | 'customers' | 'themes' | 'app';
  content: Markup;
  /** Further scripts of the page. */
  scripts?: string[];
}

const STAFF = 'Ayu Pratiwi';

/** Sends a page of the admin: top bar with save bar, side menu, content. */
export function sendFramePage(exchange: Exchange, page: FramePage, status = 200): void {
  const { words, shop, content } = page;
  const body = html` <header class="topbar">
      <button type="button" class="menu-button" aria-label="${words.t('admin.menu')}">☰</button>
      <a class="topbar-brand" href="/">setia <small>sandbox</small></a>
      <span class="topbar-shop">${shop.name}</span>
      <div class="topbar-end">
        ${languageSwitch(words, exchange.url)}
        <span class="staff" title="${STAFF}"
          ><span class="staff-name">${STAFF}</span><span class="avatar" aria-hidden="true">AP</span></span
        >
      </div>
      <div class="save-bar" role="region" aria-label="${words.t('admin.unsaved')}" inert>
        <span>${words.t('admin.unsaved')}</span>
        <button type="button" class="discard">${words.t('admin.discard')}</button>
        <button type="button" class="save">${words.t('admin.save')}</button>
      </div>
    </header>
    <div class="admin">
      ${sideMenu(page)}
      <main class="admin-main">${content}</main>
    </div>
    <div class="toasts" aria-live="polite"></div>`;
  const title = `${page.title} · ${shop.name}`;
  const scripts = ['/_assets/frame.js', ...(page.scripts ?? [])];
  sendPage(exchange, { words, title, body, area: 'admin', scripts }, status);
}

function sideMenu({ words, shop, current }: FramePage): Markup {
  const base = `/admin/${shop.domain}`;
  const entry = (key: 'orders' | 'customers' | 'themes', icon: string) =>
    html`<a href="${base}/${key}" ${current === key ? html`aria-current="page"` : ''}
      ><span aria-hidden="true">${icon}</span>${words.t(`admin.${key}.title`)}</a
    >`;
  return html`<nav class="side" aria-label="${words.t('admin.menu')}">
    ${entry('orders', '▤')} ${entry('customers', '☺')} ${entry('themes', '◫')}
    <p class="side-heading">${words.t('admin.apps')}</p>
    <a class="app-home" href="${base}/apps/setia" ${current === 'app' ? html`aria-current="page"` : ''}
      ><span class="app-icon" aria-hidden="true">♥</span>Setia</a
    >
    <div class="app-nav"></div>
    <p class="side-heading">${words.t('admin.sandbox')}</p>
    <a href="/store/${shop.domain}"><span aria-hidden="true">⌂</span>${words.t('common.storefront')}</a>
    <a href="/pos/${shop.domain}"><span aria-hidden="true">▦</span>${words.t('admin.extensions.pos')}</a>
    <a href="/console?shop=${shop.domain}"><span aria-hidden="true">⌘</span>${words.t('common.console')}</a>
  </nav>`;
}

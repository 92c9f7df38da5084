import type { Exchange } from '../../router.ts';
import type { Customer, Shop } from '../../state.ts';
import { html, type Markup } from '../ui/html.ts';
import type { Words } from '../ui/i18n.ts';
import { languageSwitch, sendPage } from '../ui/layout.ts';
import type { Shopper } from './shoppers.ts';

/** A page of the storefront. */
export interface StorePage {
  words: Words;
  shop: Shop;
  shopper: Shopper;
  customer: Customer | null;
  title: string;
  content: Markup;
  /** Addresses of scripts, in their order. */
  scripts?: string[];
}

/** Sends a page of the storefront: header with account, language and cart, content, footer. */
export function sendStorePage(exchange: Exchange, page: StorePage, status = 200): void {
  const { words, shop, shopper, customer, content } = page;
  const base = `/store/${shop.domain}`;
  const count = shopper.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const body = html` <header class="store-header">
      <a class="store-brand" href="${base}">${shop.name}</a>
      <nav class="store-nav">
        ${languageSwitch(words, exchange.url)}
        <a href="${base}/${customer ? 'account' : 'sign-in'}"
          >${customer ? customer.firstName : words.t('store.signIn')}</a
        >
        <a class="cart-link" href="${base}/cart"
          >${words.t('store.cart')} <span class="cart-count">${count}</span></a
        >
      </nav>
    </header>
    <main class="store-main">${content}</main>
    <footer class="store-footer">
      ${words.t('store.footer')} <a href="/">${words.t('common.overview')}</a> ·
      <a href="/admin/${shop.domain}">${words.t('common.admin')}</a> ·
      <a href="/console?shop=${shop.domain}">${words.t('common.console')}</a>
    </footer>`;
  const title = `${page.title} · ${shop.name}`;
  sendPage(exchange, { words, title, body, area: 'store', scripts: page.scripts ?? [] }, status);
}

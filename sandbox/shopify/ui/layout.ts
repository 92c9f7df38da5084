import type { Exchange } from '../../router.ts';
import { html, type Markup, type Part } from './html.ts';
import { addressIn, type Words } from './i18n.ts';

/** A whole page. */
export interface PageInput {
  words: Words;
  title: string;
  body: Markup;
  /** Class of the body element: which part of the stylesheet applies. */
  area: 'landing' | 'store' | 'checkout' | 'admin' | 'console' | 'extension' | 'pos';
  /** Addresses of scripts, in their order. */
  scripts?: string[];
}

/** The document around a page. */
export function page({ words, title, body, area, scripts = [] }: PageInput): string {
  const document = html`<!doctype html>
    <html lang="${words.locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.ico" type="image/svg+xml" />
        <link rel="stylesheet" href="/_assets/style.css" />
      </head>
      <body class="area-${area}">
        ${body} ${scripts.map((source) => html`<script src="${source}"></script>`)}
      </body>
    </html>`;
  return document.text;
}

/** Sends a page. */
export function sendPage(exchange: Exchange, input: PageInput, status = 200): void {
  exchange.sendText(status, page(input), 'text/html; charset=utf-8', { 'cache-control': 'no-store' });
}

/** The two languages as links to this page. */
export function languageSwitch(words: Words, url: URL): Markup {
  const link = (locale: 'en' | 'id', name: string): Part =>
    html`<a
      href="${addressIn(url, locale)}"
      lang="${locale}"
      ${words.locale === locale ? html`aria-current="true"` : ''}
      >${name}</a
    >`;
  return html`<nav class="languages" aria-label="${words.t('common.language')}">
    ${link('en', 'EN')}${link('id', 'ID')}
  </nav>`;
}

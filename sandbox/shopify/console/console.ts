import type { Sandbox } from '../../sandbox.ts';
import type { Router } from '../../router.ts';
import { FAULT_KINDS } from '../../faults.ts';
import { html, jsonScript } from '../ui/html.ts';
import { textsBelow, wordsOf } from '../ui/i18n.ts';
import { languageSwitch, sendPage } from '../ui/layout.ts';

const TABS = ['webhooks', 'orders', 'codes', 'customers', 'requests', 'phones', 'mails', 'faults'];

/** Registers the console: what happened in the sandbox, live, and what one can do to it. */
export function registerConsole(router: Router, { world }: Sandbox): void {
  router.add('GET', '/console', (exchange) => {
    const words = wordsOf(exchange);
    const asked = exchange.url.searchParams.get('shop') ?? '';
    const shop = world.shopDomains().includes(asked) ? asked : (world.shopDomains()[0] ?? '');
    const settings = {
      shop,
      locale: words.locale,
      texts: { ...textsBelow(words.locale, 'console'), status: textsBelow(words.locale, 'status') },
      faultKinds: FAULT_KINDS,
    };
    const options = world
      .shopDomains()
      .map(
        (domain) =>
          html`<option value="${domain}" ${domain === shop ? 'selected' : ''}>
            ${world.shop(domain).shop.name}
          </option>`,
      );
    const tabs = TABS.map(
      (tab) =>
        html`<button type="button" role="tab" id="tab-${tab}" data-tab="${tab}" aria-controls="panel">
          ${words.t(`console.tabs.${tab}`)}<span class="tab-count" data-count="${tab}"></span>
        </button>`,
    );
    const body = html` <header class="console-header">
        <a class="landing-brand" href="/">setia</a>
        <h1>${words.t('console.title')}</h1>
        <label class="visually-hidden" for="shop">${words.t('console.shop')}</label
        ><select id="shop">
          ${options}
        </select>
        <span class="live" id="live"><span class="dot"></span>${words.t('console.live')}</span
        >${languageSwitch(words, exchange.url)}
      </header>
      <div class="console-tools">
        <span>${words.t('console.clock')} <strong id="clock"></strong></span>
        <button type="button" data-advance="86400000">${words.t('console.day')}</button
        ><button type="button" data-advance="2592000000">${words.t('console.month')}</button
        ><button type="button" data-clock="now">${words.t('console.now')}</button>
        <a href="/admin/${shop}">${words.t('common.admin')}</a
        ><a href="/store/${shop}">${words.t('common.storefront')}</a>
        <button type="button" class="critical" id="reset">${words.t('console.reset')}</button>
      </div>
      <div class="tabs" role="tablist" aria-label="${words.t('console.title')}">${tabs}</div>
      <main class="console-main" id="panel" role="tabpanel"></main>
      <div class="toasts" aria-live="polite" id="toasts"></div>
      ${jsonScript('console-settings', settings)}`;
    sendPage(exchange, {
      words,
      title: words.t('console.title'),
      body,
      area: 'console',
      scripts: ['/_assets/console.js'],
    });
  });
}

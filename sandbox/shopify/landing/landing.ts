import type { Sandbox } from '../../sandbox.ts';
import type { Router } from '../../router.ts';
import type { ShopState } from '../../state.ts';
import { html, type Markup } from '../ui/html.ts';
import { wordsOf, type Words } from '../ui/i18n.ts';
import { languageSwitch, sendPage } from '../ui/layout.ts';

/** Registers the first page: the shops of the sandbox and what to try. */
export function registerLanding(router: Router, sandbox: Sandbox): void {
  router.add('GET', '/', (exchange) => {
    const words = wordsOf(exchange);
    const { world, options } = sandbox;
    const shops = world.shopDomains().map((domain) => shopCard(words, world.shop(domain)));
    const steps = [1, 2, 3, 4].map((step) => html`<li>${words.t(`landing.step${step}`)}</li>`);
    const body = html`<div class="landing">
      <header class="landing-header">
        <span class="landing-brand">setia</span>${languageSwitch(words, exchange.url)}
      </header>
      <main>
        <h1>${words.t('landing.title')}</h1>
        <p class="lead">${words.t('landing.lead')}</p>
        <div class="landing-grid">${shops}${consoleCard(words)}</div>
        <section class="steps">
          <h2>${words.t('landing.stepsTitle')}</h2>
          <ol>
            ${steps}
          </ol>
        </section>
        <p class="muted">
          ${words.t('landing.app', { address: options.appUrl })}. ${words.t('landing.honest')}
        </p>
      </main>
    </div>`;
    sendPage(exchange, { words, title: words.t('landing.title'), body, area: 'landing' });
  });
}

function shopCard(words: Words, { shop, products, customers }: ShopState): Markup {
  const facts = { currency: shop.currency, products: products.length, customers: customers.length };
  return html`<section class="card">
    <h2>${shop.name}</h2>
    <span class="muted">${shop.domain}</span><span class="muted">${words.t('landing.shop', facts)}</span>
    <div class="actions">
      <a class="button primary" href="/admin/${shop.domain}">${words.t('landing.openAdmin')}</a
      ><a class="button" href="/store/${shop.domain}">${words.t('landing.openStore')}</a>
    </div>
  </section>`;
}

function consoleCard(words: Words): Markup {
  return html`<section class="card">
    <h2>${words.t('landing.consoleTitle')}</h2>
    <span class="muted">${words.t('landing.consoleText')}</span>
    <div class="actions"><a class="button" href="/console">${words.t('landing.openConsole')}</a></div>
  </section>`;
}

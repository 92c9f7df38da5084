import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import { answerPurchase } from '../purchases.ts';
import { html } from '../ui/html.ts';
import { wordsOf } from '../ui/i18n.ts';
import { money } from '../ui/format.ts';
import { sendFramePage } from './frame-layout.ts';

/** Registers the page where the merchant approves or declines a purchase of the app. */
export function registerPurchasePages(router: Router, sandbox: Sandbox): void {
  router.add('GET', '/admin/:shop/charges/:id', (exchange) => sendPurchase(exchange, sandbox));
  router.add('POST', '/admin/:shop/charges/:id', async (exchange) => {
    const { shop = '', id = '' } = exchange.params;
    const isApproved = (await exchange.form()).get('answer') === 'approve';
    const purchase = answerPurchase(sandbox.world, shop, Number(id), isApproved);
    // As Shopify: after a refusal, too, the app says what became of it.
    exchange.redirect(purchase ? `${purchase.returnUrl}?charge_id=${purchase.id}` : `/admin/${shop}`);
  });
}

function sendPurchase(exchange: Exchange, { world }: Sandbox): void {
  const { shop, purchases = [] } = world.shop(exchange.params.shop ?? '');
  const words = wordsOf(exchange);
  const purchase = purchases.find(({ id }) => String(id) === exchange.params.id);
  if (purchase?.status !== 'PENDING')
    return exchange.redirect(purchase ? purchase.returnUrl : `/admin/${shop.domain}`);
  const content = html`<div class="admin-page">
    <h1>${words.t('admin.purchase.title')}</h1>
    <div class="card">
      <p>${purchase.name}</p>
      <p><strong>${money(words, purchase.amount, purchase.currency)}</strong></p>
      <p class="muted">${words.t(purchase.test ? 'admin.purchase.test' : 'admin.purchase.text')}</p>
      <form method="post">
        <button class="button primary" name="answer" value="approve">
          ${words.t('admin.purchase.approve')}
        </button>
        <button class="button" name="answer" value="decline">${words.t('admin.purchase.decline')}</button>
      </form>
    </div>
  </div>`;
  sendFramePage(exchange, { words, shop, title: words.t('admin.purchase.title'), current: 'app', content });
}

import { randomInt } from 'node:crypto';
import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import type { Shop } from '../../state.ts';
import { createCustomer } from '../customers.ts';
import type { Shoppers } from '../storefront/shoppers.ts';
import { sendStorePage } from '../storefront/store-layout.ts';
import { type StoreVisit, visitOf } from '../storefront/visit.ts';
import { html } from '../ui/html.ts';

const CODE_DIGITS = 6;
const CODE_MINUTES = 10;

/** A code that was sent to an address, by the key of its browser and shop; only in memory. */
interface SentCode {
  email: string;
  code: string;
  until: number;
}

/**
 * Registers signing in as today's customer accounts do it: an e-mail address, then the code that was sent to it. The sandbox sends
 * nothing; the page shows the message. An address that no customer has becomes a customer, as at Shopify.
 */
export function registerSignIn(router: Router, sandbox: Sandbox, shoppers: Shoppers): void {
  const sent = new WeakMap<object, SentCode>();
  const visit = (exchange: Exchange) => visitOf(exchange, sandbox, shoppers);
  // Where a theme's own link to the account leads.
  router.add('GET', '/store/:shop/account/login', (exchange) =>
    exchange.redirect(`/store/${exchange.params.shop}/account/sign-in`),
  );
  router.add('GET', '/store/:shop/account/sign-in', (exchange) => sendAddressForm(exchange, visit(exchange)));
  router.add('POST', '/store/:shop/account/sign-in', async (exchange) => {
    const { shopper } = visit(exchange);
    const form = await exchange.form();
    const email = (form.get('email') ?? '').trim().toLowerCase();
    const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
    if (!isAddress) return sendAddressForm(exchange, visit(exchange), email);
    const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
    sent.set(shopper, { email, code, until: Date.now() + CODE_MINUTES * 60_000 });
    sendCodeForm(exchange, visit(exchange), { email, code, back: form.get('back') ?? '' });
  });
  router.add('POST', '/store/:shop/account/sign-in/code', async (exchange) => {
    const { shop, shopper } = visit(exchange);
    const form = await exchange.form();
    const known = sent.get(shopper);
    const back = form.get('back') ?? '';
    if (!known || known.until < Date.now())
      return exchange.redirect(`/store/${shop.domain}/account/sign-in?back=${encodeURIComponent(back)}`);
    if (form.get('code')?.trim() !== known.code)
      return sendCodeForm(exchange, visit(exchange), { ...known, back, isWrong: true });
    sent.delete(shopper);
    shopper.customerId = customerOf(sandbox, shop.domain, known.email);
    exchange.redirect(backAddress(back, shop));
  });
  router.add('POST', '/store/:shop/account/sign-out', (exchange) => {
    const { shop, shopper } = visit(exchange);
    shopper.customerId = null;
    exchange.redirect(`/store/${shop.domain}`);
  });
}

function customerOf({ world }: Sandbox, domain: string, email: string): number | null {
  const known = world.shop(domain).customers.find((each) => each.email?.toLowerCase() === email);
  if (known) return known.id;
  const made = createCustomer(world, domain, { email });
  return made.ok ? made.customer.id : null;
}

/** Only redirects back to a page of this store. */
function backAddress(wanted: string, shop: Shop): string {
  const base = `/store/${shop.domain}`;
  return wanted === base || wanted.startsWith(`${base}/`) ? wanted : `${base}/account`;
}

function sendAddressForm(exchange: Exchange, visit: StoreVisit, wrong?: string): void {
  const { words, shop } = visit;
  const back = exchange.url.searchParams.get('back') ?? '';
  const content = html`<form class="sign-in" method="post" action="/store/${shop.domain}/account/sign-in">
    <h1>${words.t('account.signIn')}</h1>
    <input type="hidden" name="back" value="${back}" />
    <label class="field"
      ><span>${words.t('checkout.email')}</span
      ><input type="email" name="email" autocomplete="email" required value="${wrong ?? ''}"
    /></label>
    ${wrong === undefined ? '' : html`<p class="notice critical" role="alert">${words.t('account.noAddress')}</p>`}
    <button class="button primary wide">${words.t('account.sendCode')}</button>
    <p class="muted">
      ${words.t('account.orChoose')}
      <a href="/store/${shop.domain}/sign-in?back=${encodeURIComponent(back)}"
        >${words.t('account.choose')}</a
      >
    </p>
  </form>`;
  const status = wrong === undefined ? 200 : 422;
  sendStorePage(exchange, { ...visit, title: words.t('account.signIn'), content }, status);
}

function sendCodeForm(
  exchange: Exchange,
  visit: StoreVisit,
  { email, code, back, isWrong = false }: { email: string; code: string; back: string; isWrong?: boolean },
): void {
  const { words, shop } = visit;
  const content = html`<form
    class="sign-in"
    method="post"
    action="/store/${shop.domain}/account/sign-in/code"
  >
    <h1>${words.t('account.enterCode')}</h1>
    <p>${words.t('account.codeSent', { email })}</p>
    <p class="notice">${words.t('account.message')} <strong data-code>${code}</strong></p>
    <input type="hidden" name="back" value="${back}" />
    <label class="field"
      ><span>${words.t('account.code')}</span
      ><input name="code" inputmode="numeric" autocomplete="one-time-code" required
    /></label>
    ${isWrong ? html`<p class="notice critical" role="alert">${words.t('account.wrongCode')}</p>` : ''}
    <button class="button primary wide">${words.t('store.signIn')}</button>
  </form>`;
  sendStorePage(exchange, { ...visit, title: words.t('account.enterCode'), content }, isWrong ? 422 : 200);
}

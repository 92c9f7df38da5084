import { z } from 'zod';

import { readBody } from '../../control/input.ts';
import type { Sandbox } from '../../sandbox.ts';
import type { Exchange, Router } from '../../router.ts';
import { grantScopes, scopesDetail } from '../installation.ts';
import { signSessionToken } from '../session-token.ts';
import { html, jsonScript } from '../ui/html.ts';
import { textsBelow, wordsOf } from '../ui/i18n.ts';
import { FRAME_PARAMETERS } from './client/protocol.ts';
import { sendFramePage } from './frame-layout.ts';

const scopesRequest = z.object({ scopes: z.array(z.string()), isAgreed: z.boolean() });

/** The app's path that opens when the merchant clicks its name. */
const HOME_PATH = '/app';

/** Registers the frame around the embedded app, and the endpoint that signs id tokens for it. */
export function registerAppFrame(router: Router, sandbox: Sandbox): void {
  router.add('GET', '/admin/:shop/apps/setia', (exchange) => sendAppFrame(exchange, sandbox, HOME_PATH));
  router.add('GET', '/admin/:shop/apps/setia/*rest', (exchange) =>
    sendAppFrame(exchange, sandbox, `/${exchange.params.rest}`),
  );
  router.add('POST', '/admin/:shop/session-token', (exchange) => {
    const { shop } = sandbox.world.shop(exchange.params.shop ?? '');
    const token = signSessionToken(sandbox.options, { surface: 'admin', shop: shop.domain });
    exchange.sendJson(200, { token });
  });
  router.add('POST', '/admin/:shop/scopes', async (exchange) => {
    const { world, appConfig } = sandbox;
    const { shop } = world.shop(exchange.params.shop ?? '');
    const { scopes, isAgreed } = await readBody(exchange, scopesRequest);
    const error = scopes.length > 0 ? grantScopes(world, shop.domain, appConfig, scopes) : null;
    const detail = scopesDetail(world.shop(shop.domain), appConfig);
    exchange.sendJson(200, error ? { error } : { result: isAgreed ? 'granted-all' : 'declined-all', detail });
  });
}

function sendAppFrame(exchange: Exchange, sandbox: Sandbox, appPath: string): void {
  const { shop } = sandbox.world.shop(exchange.params.shop ?? '');
  const words = wordsOf(exchange);
  const adminPath = `/admin/${shop.domain}`;
  const settings = {
    appOrigin: new URL(sandbox.options.appUrl).origin,
    framePath: `${adminPath}/apps/setia`,
    adminPath,
    tokenPath: `${adminPath}/session-token`,
    scopesPath: `${adminPath}/scopes`,
    extensionsPath: `${adminPath}/extensions`,
    texts: textsBelow(words.locale, 'frame'),
  };
  const content = html` <header class="app-bar">
      <span class="app-crumbs"></span>
      <span class="app-icon" aria-hidden="true">♥</span>
      <h1><span class="app-name">Setia</span><span class="app-title"></span></h1>
      <span class="app-actions"></span>
    </header>
    <div class="app-progress" aria-hidden="true"></div>
    <iframe
      class="app-frame"
      title="Setia"
      src="${appAddress(exchange, sandbox, shop.domain, appPath, words.locale)}"
    ></iframe>
    ${jsonScript('frame-settings', settings)}`;
  sendFramePage(exchange, { words, shop, title: 'Setia', current: 'app', content });
}

/** The app's address as Shopify's admin opens it. */
function appAddress(
  exchange: Exchange,
  sandbox: Sandbox,
  shop: string,
  appPath: string,
  locale: string,
): string {
  const address = new URL(appPath, sandbox.options.appUrl);
  for (const [name, value] of exchange.url.searchParams) address.searchParams.set(name, value);
  for (const name of FRAME_PARAMETERS) address.searchParams.delete(name);
  const store = shop.replace('.myshopify.com', '');
  address.searchParams.set('embedded', '1');
  address.searchParams.set('shop', shop);
  address.searchParams.set('host', Buffer.from(`admin.shopify.com/store/${store}`).toString('base64url'));
  address.searchParams.set('locale', locale);
  address.searchParams.set('timestamp', String(Math.floor(Date.now() / 1000)));
  address.searchParams.set('id_token', signSessionToken(sandbox.options, { surface: 'admin', shop }));
  return address.href;
}

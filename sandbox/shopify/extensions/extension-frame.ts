import type { Exchange } from '../../router.ts';
import type { Customer, Shop } from '../../state.ts';
import { html, jsonScript, type Markup } from '../ui/html.ts';
import type { Words } from '../ui/i18n.ts';
import type { HostData } from './client/protocol.ts';
import { isPlaced } from './placed-targets.ts';
import { findExtensions, readCatalogues, type UiExtension } from './read-extension.ts';

/** Surfaces whose extensions ask the app without a capability in their toml. */
const ALWAYS_NETWORK = /^(?:pos|admin)\./;

/** Targets whose extensions are cards of their own on the page. */
const CARD = /^(?:customer-account|purchase\.thank-you)\./;

/** What a document is made from that an extension's worker draws in. */
export interface FrameInput {
  words: Words;
  shop: Shop;
  /** The signed-in customer, or null. */
  customer: Customer | null;
  extension: UiExtension;
  target: string;
  /** Where the surface's own requests go: `<base>/session-token` and so on. */
  base: string;
  data: HostData;
}

/** A `should-render` is a script of its own. */
function scriptOf({ handle }: UiExtension, target: string): string {
  return target.endsWith('.should-render')
    ? `/_assets/should-render/${handle}/${target.replace('.should-render', '.render')}`
    : `/_assets/extensions/${handle}.js`;
}

/** Sends the document that an extension's worker draws in. */
export async function sendExtensionFrame(exchange: Exchange, input: FrameInput): Promise<void> {
  const { words, shop, customer, extension, target, base, data } = input;
  const settings = {
    handle: extension.handle,
    target,
    apiVersion: extension.apiVersion,
    script: scriptOf(extension, target),
    base,
    storefront: `/store/${shop.domain}`,
    locale: words.locale,
    catalogues: await readCatalogues(extension.handle, words.locale),
    hasNetworkAccess: extension.hasNetworkAccess || ALWAYS_NETWORK.test(target),
    hasApiAccess: extension.hasApiAccess,
    shop: {
      id: shop.id,
      name: shop.name,
      domain: shop.domain,
      timeZone: shop.timeZone,
      countryCode: shop.countryCode,
    },
    customer: customer
      ? { id: `gid://shopify/Customer/${customer.id}`, email: customer.email, phone: customer.phone }
      : null,
    data,
  };
  exchange.sendText(
    200,
    html`<!doctype html>
      <html lang="${words.locale}">
        <head>
          <meta charset="utf-8" />
          <title>${extension.handle}</title>
          <link rel="stylesheet" href="/_assets/style.css" />
        </head>
        <body class="area-extension ${CARD.test(target) ? 'card-extension' : ''}">
          <div id="extension"></div>
          ${jsonScript('host-settings', settings)}
          <script src="/_assets/extension-host.js"></script>
        </body>
      </html>`.text,
    'text/html; charset=utf-8',
    { 'cache-control': 'no-store' },
  );
}

/**
 * Returns a frame for every extension that has this target, where the merchant has placed it.
 * @param source address of the document of an extension's frame
 */
export async function extensionFrames(
  shop: Shop,
  target: string,
  title: string,
  source: (extension: UiExtension) => string,
): Promise<Markup[]> {
  const extensions = (await findExtensions(target)).filter(({ handle }) => isPlaced(shop, handle, target));
  return extensions.map(
    (extension) =>
      html`<iframe
        class="extension-frame"
        title="${title}"
        data-extension="${extension.handle}"
        data-target="${target}"
        src="${source(extension)}"
      ></iframe>`,
  );
}

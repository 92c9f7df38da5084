/** Fills the demo: installs the app in the sandbox's shops by opening it as a merchant would. */
import { signSessionToken } from '#sandbox/shopify/session-token.ts';

const SHOPS = ['setia-demo.myshopify.com', 'setia-usd.myshopify.com'];
const DEMO_APP = { apiKey: 'setia-demo-key', apiSecret: 'setia-demo-secret' };

/** Installs both shops at the running app; a shop that is installed already stays as it is. */
export async function seed({ appUrl }: { appUrl: string }): Promise<void> {
  for (const shop of SHOPS) await openApp(appUrl, shop);
}

/**
 * The first request that Shopify's admin makes for an embedded app: with it the app exchanges the id token for its
 * offline token, and that is the installation.
 * @throws when the app does not answer 2xx.
 */
export async function openApp(appUrl: string, shop: string): Promise<void> {
  const url = new URL('/app', appUrl);
  url.search = new URLSearchParams({
    embedded: '1',
    shop,
    host: Buffer.from(`admin.shopify.com/store/${shop.replace('.myshopify.com', '')}`).toString('base64'),
    id_token: signSessionToken(DEMO_APP, { surface: 'admin', shop }),
  }).toString();
  const response = await fetch(url, { redirect: 'manual' });
  const body = await response.text();
  if (!response.ok)
    throw new Error(`Opening the app for ${shop} answered ${response.status}: ${body.slice(0, 500)}`);
}

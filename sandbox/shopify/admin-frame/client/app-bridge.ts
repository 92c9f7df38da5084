import { authenticateFetch } from './app-fetch.ts';
import { defineBars } from './bars.ts';
import { Channel } from './channel.ts';
import { defineModal } from './modal.ts';
import { followNavigation } from './navigation.ts';
import { defineSaveBar } from './save-bar.ts';
import { createToast } from './toast.ts';

/** What App Bridge knows about where it runs. */
interface BridgeConfig {
  apiKey: string;
  shop: string;
  host: string;
  locale: string;
}

const CONFIG_KEY = 'setia-app-bridge-config';

/** Hides the elements that the frame draws; a style sheet of its own, since the app owns the document's nodes. */
function hideDescribedElements(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    'ui-nav-menu, s-app-nav, ui-title-bar, ui-save-bar, ui-modal { display: none !important; }',
  );
  document.adoptedStyleSheets.push(sheet);
}

/** The address has these values only on the first page; later ones use what was stored then. */
function readConfig(script: HTMLScriptElement | null): BridgeConfig {
  const parameters = new URLSearchParams(location.search);
  const kept: Partial<BridgeConfig> = JSON.parse(sessionStorage.getItem(CONFIG_KEY) ?? '{}');
  const meta = document.querySelector('meta[name="shopify-api-key"]')?.getAttribute('content');
  const config = {
    apiKey: script?.dataset.apiKey ?? meta ?? kept.apiKey ?? '',
    shop: parameters.get('shop') ?? kept.shop ?? '',
    host: parameters.get('host') ?? kept.host ?? '',
    locale: parameters.get('locale') ?? kept.locale ?? 'en',
  };
  sessionStorage.setItem(CONFIG_KEY, JSON.stringify(config));
  return config;
}

/**
 * The app's server had no fresh id token to authenticate a page, so it sent the browser to its bounce page. Loads the
 * page again, with a token. Only an address of the app itself is followed.
 */
async function reloadWithToken(channel: Channel, wanted: string): Promise<void> {
  const address = new URL(wanted, location.origin);
  if (address.origin !== location.origin) throw new Error('shopify-reload names another origin');
  address.searchParams.set('id_token', await channel.token(true));
  location.replace(address);
}

function notSimulated(name: string) {
  return () => Promise.reject(new Error(`shopify.${name} is not simulated by the sandbox`));
}

function start(script: HTMLScriptElement | null): void {
  const channel = new Channel();
  const reload = new URLSearchParams(location.search).get('shopify-reload');
  const config = readConfig(script);
  if (reload) {
    void reloadWithToken(channel, reload);
    return;
  }
  hideDescribedElements();
  authenticateFetch(channel);
  const shopify = {
    config,
    origin: location.origin,
    ready: Promise.resolve(),
    environment: { embedded: parent !== window, mobile: false, pos: false, intent: false },
    idToken: () => channel.token(),
    loading: (isLoading = true) => channel.tell({ type: 'loading', isLoading }),
    toast: createToast(channel),
    saveBar: defineSaveBar(channel),
    modal: defineModal(channel),
    user: async () => ({ accountAccess: 'full' }),
    resourcePicker: notSimulated('resourcePicker'),
    picker: notSimulated('picker'),
    scanner: { capture: notSimulated('scanner.capture') },
    scopes: {
      query: async () => (await channel.scopes([])).detail,
      request: (scopes: string[]) => channel.scopes(scopes),
      revoke: notSimulated('scopes.revoke'),
    },
    reviews: { request: notSimulated('reviews.request') },
    app: { extensions: () => channel.extensions() },
  };
  Object.assign(window, { shopify });
  defineBars(channel);
  followNavigation(channel);
}

const script = document.currentScript;
start(script instanceof HTMLScriptElement ? script : null);

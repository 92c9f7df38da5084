import { ThreadWebWorker } from '@quilted/threads';
import type { RemoteConnection } from '@remote-dom/core';
import { DOMRemoteReceiver } from '@remote-dom/core/receivers';
import type { CheckoutCart } from '../checkout-cart.ts';
import { COMMON_ATTRIBUTES, COMPONENT_LIST } from './components.ts';
import { defineElements } from './elements/define.ts';
import type { CheckoutMessage } from './page.ts';
import type { CheckoutServices, CodeChange, ExtensionWorker, WorkerSettings } from './worker-protocol.ts';

/** What the page tells its extension's frame. */
interface HostSettings extends Omit<WorkerSettings, 'storefrontUrl' | 'canChangeCodes'> {
  base: string;
  /** The extension's name; with the shop's it parts what extensions store. */
  handle: string;
}

function readSettings(): HostSettings {
  const settings: HostSettings = JSON.parse(document.getElementById('host-settings')?.textContent ?? '{}');
  return settings;
}

const tellPage = (message: CheckoutMessage) => parent.postMessage(message, location.origin);

/** Runs one extension in a worker of its own, and draws in this document what it asks for. */
async function start(): Promise<void> {
  const settings = readSettings();
  defineElements();
  reportHeight();
  const [runtime, bundle] = await Promise.all([
    readScript('/_assets/extension-worker.js'),
    readScript(`/_assets/extensions/${settings.handle}.js`),
  ]);
  // A worker from a data: address has the origin `null`, as Shopify's: no cookies, no storage, requests across origins.
  const worker = new Worker(`data:text/javascript;charset=utf-8,${encodeURIComponent(runtime)}`);
  worker.addEventListener('error', (event) => console.error(`extension: ${event.message}`));
  const showCart = (cart: CheckoutCart) => void thread.imports.showCart(cart);
  const exports = createServices(settings, (cart) => {
    showCart(cart);
    tellPage({ type: 'cart_changed', cart });
  });
  const thread = new ThreadWebWorker<ExtensionWorker, CheckoutServices>(worker, { exports });
  addEventListener('message', (event: MessageEvent<CheckoutMessage>) => {
    if (event.origin === location.origin && event.source === parent && event.data.type === 'cart_changed') {
      showCart(event.data.cart);
    }
  });
  const root = document.getElementById('extension') ?? document.body;
  await thread.imports.run(workerSettings(settings), bundle, connectionTo(root));
}

function workerSettings({ base, handle: _handle, ...rest }: HostSettings): WorkerSettings {
  return {
    ...rest,
    storefrontUrl: location.origin + base.replace(/\/checkout$/, ''),
    canChangeCodes: new URLSearchParams(location.search).get('codes') !== 'blocked',
  };
}

/** Draws below `root` what an extension asks for; a component or property that this checkout doesn't have is refused. */
function connectionTo(root: Element): RemoteConnection {
  const elements = COMPONENT_LIST.map(([tag, { properties, events = [] }]) => {
    const policy = {
      properties: Object.fromEntries(properties.map((name) => [name, {}])),
      attributes: COMMON_ATTRIBUTES,
      events: Object.fromEntries(events.map((name) => [name, {}])),
    };
    return [tag, policy] as const;
  });
  const { connection } = new DOMRemoteReceiver({ root, elements: Object.fromEntries(elements) });
  return {
    call: (...args) => connection.call(...args),
    mutate: (records) => {
      try {
        connection.mutate(records);
      } catch (error) {
        console.error(`the sandbox's checkout refused what an extension drew: ${String(error)}`);
      }
    },
  };
}

function createServices(
  { base, handle, shop }: HostSettings,
  onCart: (cart: CheckoutCart) => void,
): CheckoutServices {
  const keyOf = (key: string) => `extension:${handle}:${shop.domain}:${key}`;
  return {
    getSessionToken: async () => (await post<{ token: string }>(`${base}/session-token`, {})).token,
    changeCode: async (change: CodeChange) => {
      const { result, cart } = await post<{ result: unknown; cart: CheckoutCart }>(`${base}/codes`, change);
      onCart(cart);
      return result;
    },
    readStored: async (key) => {
      const stored: unknown = JSON.parse(localStorage.getItem(keyOf(key)) ?? 'null');
      return stored;
    },
    writeStored: async (key, data) => localStorage.setItem(keyOf(key), JSON.stringify(data)),
    deleteStored: async (key) => localStorage.removeItem(keyOf(key)),
    reportProblem: async (problem) => console.error(problem),
  };
}

async function readScript(address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

async function post<T>(path: string, body: unknown): Promise<T> {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`the checkout answered ${response.status} for ${path}`);
  const answer: T = await response.json();
  return answer;
}

function reportHeight(): void {
  const report = () =>
    tellPage({ type: 'height', pixels: Math.ceil(document.body.getBoundingClientRect().height) });
  new ResizeObserver(report).observe(document.body);
}

start().catch((error: unknown) => console.error(`extension: ${String(error)}`));

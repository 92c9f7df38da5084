/**
 * The world of an extension, as Shopify gives it: a web worker whose document is a stand-in that draws in the checkout by
 * messages (`@remote-dom`). There is no `process`, no cookie, no storage but `shopify.storage`, and requests come from the origin `null`.
 */
import { hooks } from '@remote-dom/core/polyfill';
import { createRemoteElement, RemoteMutationObserver } from '@remote-dom/core/elements';
import { ThreadWebWorker } from '@quilted/threads';
import { COMMON_ATTRIBUTES, COMPONENT_LIST, type ComponentSpec } from './components.ts';
import { createExtensionApi } from './extension-api.ts';
import type { CheckoutServices, ExtensionWorker } from './worker-protocol.ts';

const thread = ThreadWebWorker.self<CheckoutServices, ExtensionWorker>({ exports: { run, showCart } });
let api: ReturnType<typeof createExtensionApi> | null = null;

const reportProblem = (problem: string) => void thread.imports.reportProblem(problem);

async function run(...[settings, bundle, connection]: Parameters<ExtensionWorker['run']>): Promise<void> {
  api = createExtensionApi(settings, thread.imports);
  Object.assign(globalThis, { shopify: api.shopify });
  hidePage();
  new RemoteMutationObserver(connection).observe(document.body);
  // A script of its own, in the global scope, as importScripts runs one.
  globalThis.eval(bundle);
  await api.render();
}

async function showCart(cart: Parameters<ExtensionWorker['showCart']>[0]): Promise<void> {
  api?.showCart(cart);
}

/**
 * Shopify promises no `window`, and scripts of older checkouts met a ReferenceError. Whether the stand-in's shows in today's isn't
 * known: here it doesn't.
 */
function hidePage(): void {
  for (const name of ['window', 'parent', 'top']) Reflect.deleteProperty(globalThis, name);
}

function defineComponents(): void {
  for (const [tag, { properties, events = [] }] of COMPONENT_LIST) {
    const component = createRemoteElement({
      properties: Object.fromEntries(properties.map((name) => [name, {}])),
      attributes: [...COMMON_ATTRIBUTES],
      events: Object.fromEntries(events.map((name) => [name, { dispatchEvent: eventOf(name) }])),
    });
    customElements.define(tag, component);
  }
}

/** An event of a field brings the field's value, which is set before the extension sees the event. */
function eventOf(name: string) {
  return function (this: Element, value: unknown): Event {
    if (name === 'input' || name === 'change') Reflect.set(this, 'value', value);
    return new Event(name, { bubbles: true });
  };
}

/** A property that a component doesn't have arrives as an attribute; Shopify's checkout would ignore it in silence. */
function reportUnknownProperties(): void {
  const specs = new Map<string, ComponentSpec>(COMPONENT_LIST);
  const seen = new Set<string>();
  const passOn = hooks.setAttribute;
  hooks.setAttribute = (element, name, value, ...rest) => {
    passOn?.(element, name, value, ...rest);
    const tag = element.localName;
    const problem = `<${tag}> has no property "${name}"`;
    const known = specs.get(tag)?.properties.map((each) => each.toLowerCase());
    if (!known || known.includes(name.toLowerCase()) || COMMON_ATTRIBUTES.includes(name) || seen.has(problem))
      return;
    seen.add(problem);
    reportProblem(problem);
  };
}

self.addEventListener('error', (event) => reportProblem(`extension: ${event.message}`));
self.addEventListener('unhandledrejection', (event) => reportProblem(`extension: ${String(event.reason)}`));
defineComponents();
reportUnknownProperties();

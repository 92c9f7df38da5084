/**
 * The world of an extension, as Shopify gives it: a web worker whose document is a stand-in that draws in the page by
 * messages (`@remote-dom`). There is no `process`, no cookie, no storage but `shopify.storage`, and requests come from the origin `null`.
 */
import { hooks } from '@remote-dom/core/polyfill';
import { createRemoteElement } from '@remote-dom/core/elements';
import { ThreadWebWorker } from '@quilted/threads';
import { COMMON_ATTRIBUTES, componentsOf, type ComponentSpec } from './components.ts';
import { createExtensionApi } from './extension-api.ts';
import { mirrorTree } from './mirror-tree.ts';
import type { ExtensionWorker, HostServices } from './protocol.ts';

const thread = ThreadWebWorker.self<HostServices, ExtensionWorker>({ exports: { run, showData } });
let api: ReturnType<typeof createExtensionApi> | null = null;

const reportProblem = (problem: string) => void thread.imports.reportProblem(problem);

async function run(...[settings, bundle, connection]: Parameters<ExtensionWorker['run']>): Promise<unknown> {
  defineComponents(settings.target);
  reportUnknownProperties(settings.target);
  api = createExtensionApi(settings, thread.imports);
  Object.assign(globalThis, { ...api.globals, shopify: api.shopify });
  hidePage();
  mirrorTree(document.body, connection);
  // A script of its own, in the global scope, as importScripts runs one.
  globalThis.eval(bundle);
  return api.render();
}

async function showData(data: Parameters<ExtensionWorker['showData']>[0]): Promise<void> {
  api?.showData(data);
}

/**
 * Shopify promises no `window`, and scripts of older checkouts met a ReferenceError. Whether the stand-in's shows in today's isn't
 * known: here it doesn't.
 */
function hidePage(): void {
  for (const name of ['window', 'parent', 'top']) Reflect.deleteProperty(globalThis, name);
}

function defineComponents(target: string): void {
  for (const [tag, { properties, events, methods }] of componentsOf(target)) {
    const component = createRemoteElement({
      properties: Object.fromEntries(properties.map((name) => [name, {}])),
      attributes: [...COMMON_ATTRIBUTES],
      events: Object.fromEntries(events.map((name) => [name, { dispatchEvent: eventOf(name) }])),
      methods: [...methods],
    });
    customElements.define(tag, component);
  }
}

/** What an event of a control brings: the value that the control has now, set before the extension sees the event. */
function eventOf(name: string) {
  return function (this: Element, detail: unknown): Event {
    if (typeof detail === 'object' && detail !== null) {
      for (const [property, value] of Object.entries(detail)) Reflect.set(this, property, value);
    }
    return new Event(name, { bubbles: true });
  };
}

/** A property that a component doesn't have arrives as an attribute; Shopify would ignore it in silence. */
function reportUnknownProperties(target: string): void {
  const specs = new Map<string, ComponentSpec>(componentsOf(target));
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

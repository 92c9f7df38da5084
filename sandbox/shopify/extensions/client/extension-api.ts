import { checkoutApi, thankYouApi } from './apis/checkout.ts';
import { accountApi, orderStatusApi } from './apis/account.ts';
import { adminApi } from './apis/admin.ts';
import { posApi } from './apis/pos.ts';
import type { ApiContext, HostSignal, SignalClass, TargetApi } from './apis/standard.ts';
import type { HostData, HostServices, WorkerSettings } from './protocol.ts';

/** The targets that the sandbox has. What a surface doesn't simulate is absent from its API, so that using it fails loudly. */
const APIS: Readonly<Record<string, (context: ApiContext) => TargetApi>> = {
  'purchase.checkout.block.render': checkoutApi,
  'purchase.thank-you.block.render': thankYouApi,
  'customer-account.page.render': accountApi,
  'customer-account.order-index.block.render': accountApi,
  'customer-account.order-index.announcement.render': accountApi,
  'customer-account.profile.block.render': accountApi,
  'customer-account.order-status.block.render': orderStatusApi,
  'pos.app.ready.data': posApi,
  'pos.customer-details.action.render': posApi,
  'pos.customer-details.block.render': posApi,
  'pos.home.modal.render': posApi,
  'pos.home.tile.render': posApi,
  'pos.order-details.block.render': posApi,
  'pos.purchase.post.action.render': posApi,
  'pos.purchase.post.block.render': posApi,
  'pos.receipt-footer.block.render': posApi,
  'admin.customer-details.action.render': adminApi,
  'admin.customer-details.block.render': adminApi,
  'admin.customer-index.selection-action.render': adminApi,
  'admin.order-details.action.render': adminApi,
  'admin.order-details.action.should-render': adminApi,
  'admin.order-details.block.render': adminApi,
};

/** A plain box is used until the extension provides its Signal class. */
class PlainSignal<T> implements HostSignal<T> {
  #value: T;
  readonly #followers = new Set<(value: T) => void>();
  constructor(value: T) {
    this.#value = value;
  }
  get value(): T {
    return this.#value;
  }
  set value(next: T) {
    this.#value = next;
    for (const follow of this.#followers) follow(next);
  }
  /** As of the extension's own class: called at once, and with every change. */
  subscribe(follow: (value: T) => void): () => void {
    this.#followers.add(follow);
    follow(this.#value);
    return () => void this.#followers.delete(follow);
  }
}

/**
 * Builds the global `shopify` of one target of an extension.
 * @returns the global; further globals; `showData` for what changed in the page; `render`, which runs what the bundle
 * registered for the target
 * @throws for a target that the sandbox doesn't have
 */
export function createExtensionApi(settings: WorkerSettings, services: HostServices) {
  const { target } = settings;
  const make = APIS[target];
  if (!make) throw new Error(`the sandbox has no target ${target}`);
  let data = settings.data;
  let updates: ((next: HostData) => void)[] = [];
  const build = (SignalOf: SignalClass) => {
    updates = [];
    return make({
      settings,
      services,
      fixed: (value) => new SignalOf(value),
      follow: (read) => {
        const signal = new SignalOf(read(data));
        updates.push((next) => (signal.value = read(next)));
        return signal;
      },
    });
  };
  const registered = new Map<string, () => unknown>();
  const shopify = {
    extend: (name: string, render: () => unknown) => void registered.set(name, render),
    setSignals: (signalClass: SignalClass): void => {
      Object.assign(shopify, build(signalClass).shopify);
    },
  };
  const { shopify: parts, globals = {} } = build(PlainSignal);
  Object.assign(shopify, parts);
  return {
    shopify,
    globals: { ...globals, fetch: createFetch(settings, globals) },
    showData: (next: HostData) => {
      data = { ...data, ...next };
      for (const update of updates) update(data);
    },
    render: async () => {
      const render = registered.get(target);
      if (!render) throw new Error(`the bundle registered nothing for ${target}`);
      return render();
    },
  };
}

type Fetch = typeof globalThis.fetch;

/** The worker's `fetch`: the surface's own where it has one, and none to other servers without `network_access`. */
function createFetch({ hasNetworkAccess, handle }: WorkerSettings, globals: { fetch?: Fetch }): Fetch {
  const pass = globals.fetch ?? globalThis.fetch.bind(globalThis);
  if (hasNetworkAccess) return pass;
  return (input, init) =>
    /^shopify:/.test(String(input))
      ? pass(input, init)
      : Promise.reject(new TypeError(`${handle} has no network_access in its shopify.extension.toml`));
}

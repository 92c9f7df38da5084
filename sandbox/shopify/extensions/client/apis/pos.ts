import { type ApiContext, standardParts, type TargetApi } from './standard.ts';
import type { HostData } from '../protocol.ts';
import type { PosData } from './pos-data.ts';

function posOf({ pos }: HostData): PosData {
  if (!pos) throw new Error('this page is no till');
  return pos;
}

type Changes = (path: string, ...values: unknown[]) => Promise<void>;

/** The API of every target of the till. What a target does not have at Shopify is absent here too. */
export function posApi(context: ApiContext): TargetApi {
  const { settings, services } = context;
  const { target } = settings;
  const hasCart = !/receipt|purchase\.post/.test(target);
  const hasOrder = /order-details|purchase\.post/.test(target);
  return {
    shopify: {
      ...baseParts(context),
      ...(target === 'pos.app.ready.data' ? backgroundParts(context) : uiParts(context)),
      ...(hasCart ? { cart: cartParts(context) } : {}),
      ...(hasOrder ? { order: posOf(settings.data).order } : {}),
      ...(/customer-details/.test(target) ? { customer: { id: posOf(settings.data).customerId } } : {}),
      ...(/receipt/.test(target) ? { transaction: transactionOf(posOf(settings.data)) } : {}),
      storage: {
        get: (key: string) => services.readStored(key).then((value) => value ?? undefined),
        set: (key: string, value: unknown) => services.writeStored(key, value),
        delete: (key: string) => services.deleteStored(key).then(() => true),
      },
    },
    globals: { fetch: tillFetch(context) },
  };
}

/** A receipt's extension has no session: Shopify gives it its storage and the transaction. */
function baseParts(context: ApiContext) {
  const { settings, services, follow } = context;
  const { target } = settings;
  const { i18n, extension } = standardParts(context);
  const parts = { extensionPoint: target, extension, i18n };
  if (/receipt/.test(target)) return parts;
  const { currency, userId, staffMemberId } = posOf(settings.data);
  return {
    ...parts,
    session: {
      currentSession: {
        shopId: settings.shop.id,
        userId,
        shopDomain: settings.shop.domain,
        locationId: 1,
        staffMemberId,
        currency,
        posVersion: '10.19.0',
      },
      staffMember: follow((data) => ({ id: posOf(data).staffMemberId })),
      getSessionToken: async () => {
        const token = await services.askServer('session-token', {});
        return typeof token === 'string' ? token : undefined;
      },
      deviceId: 1,
    },
    connectivity: {
      current: follow((data) => ({
        internetConnected: posOf(data).isOffline ? 'Disconnected' : 'Connected',
      })),
    },
  };
}

function uiParts({ services }: ApiContext) {
  return {
    toast: { show: (content: string) => void services.askPage({ kind: 'toast', content }) },
    action: { presentModal: () => void services.askPage({ kind: 'presentModal' }) },
  };
}

/** The background follows the cart but cannot change it, and hears of completed transactions. */
function backgroundParts({ follow }: ApiContext) {
  const listeners = new Set<(event: object) => void>();
  let known = -1;
  // Read with every change of the page, as the other parts are.
  follow((data) => {
    const { transactions } = posOf(data);
    if (known >= 0 && transactions > known) for (const listener of listeners) listener({});
    known = transactions;
  });
  return {
    addEventListener: (type: string, listener: (event: object) => void) => {
      if (type === 'transactioncomplete') listeners.add(listener);
    },
    removeEventListener: (_type: string, listener: (event: object) => void) =>
      void listeners.delete(listener),
  };
}

function cartParts({ settings, services, follow }: ApiContext) {
  const current = follow((data) => posOf(data).cart);
  if (settings.target === 'pos.app.ready.data') return { current };
  const change: Changes = async (kind, value) => {
    const problem = await services.askServer('cart', { kind, value: value ?? null });
    if (typeof problem === 'string') throw new Error(problem);
  };
  return {
    current,
    addCartCodeDiscount: (code: string) => change('addCode', code),
    removeCartDiscount: () => change('removeDiscount'),
    setCustomer: ({ id }: { id: number }) => change('setCustomer', id),
    removeCustomer: () => change('removeCustomer'),
    clearCart: () => change('clear'),
  };
}

function transactionOf({ order, currency }: PosData) {
  return {
    transactionType: 'Sale',
    orderId: order?.id,
    ...(order?.customerId === undefined ? {} : { customer: { id: order.customerId } }),
    grandTotal: { amount: 0, currency },
  };
}

/** Without a connection every request fails. */
function tillFetch({ follow }: ApiContext): typeof globalThis.fetch {
  let isOffline = false;
  follow((data) => {
    isOffline = posOf(data).isOffline;
  });
  const worldFetch = globalThis.fetch.bind(globalThis);
  return (input, init) =>
    isOffline ? Promise.reject(new TypeError('Network request failed')) : worldFetch(input, init);
}

import { createHostI18n } from '../i18n.ts';
import type { HostData, HostServices, WorkerSettings } from '../protocol.ts';

/** A value that components follow; the extension brings the class (see `setSignals`). */
export interface HostSignal<T> {
  value: T;
}

/** How an extension makes its signals. */
export type SignalClass = new <T>(value: T) => HostSignal<T>;

/** What an API of a surface is made from. */
export interface ApiContext {
  settings: WorkerSettings;
  services: HostServices;
  /** A signal of what the page knows; it follows the page. */
  follow: <T>(read: (data: HostData) => T) => HostSignal<T>;
  /** A signal that stays as it is. */
  fixed: <T>(value: T) => HostSignal<T>;
}

/** The API of a target: the parts of the global `shopify`, and further globals of its surface. */
export interface TargetApi {
  shopify: object;
  globals?: { fetch?: typeof globalThis.fetch; navigation?: object };
}

/** The parts that the APIs of all surfaces have. */
export function standardParts({ settings, services }: ApiContext) {
  const { target, apiVersion, locale, catalogues } = settings;
  return {
    extension: { target, apiVersion },
    i18n: createHostI18n(locale, catalogues),
    sessionToken: {
      get: async () => {
        const token = await services.askServer('session-token', { target });
        if (typeof token !== 'string') throw new Error('Failed to get a session token');
        return token;
      },
    },
    storage: {
      read: (key: string) => services.readStored(key),
      write: (key: string, value: unknown) => services.writeStored(key, value),
      delete: (key: string) => services.deleteStored(key),
    },
  };
}

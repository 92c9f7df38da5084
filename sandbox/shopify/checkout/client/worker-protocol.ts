import type { RemoteConnection } from '@remote-dom/core';
import type { CheckoutCart } from '../checkout-cart.ts';
import type { Catalogue } from './i18n.ts';

/** What the checkout passes to an extension's worker. */
export interface WorkerSettings {
  /** Address of the store's front page. */
  storefrontUrl: string;
  locale: string;
  catalogues: Catalogue[];
  shop: { id: number; name: string; domain: string; timeZone: string; countryCode: string };
  customer: { id: string; email: string | null; phone: string | null } | null;
  cart: CheckoutCart;
  /** False in a checkout that takes no codes, as an express payment does. */
  canChangeCodes: boolean;
}

/** A discount code change as an extension asks for it. */
export interface CodeChange {
  type: 'addDiscountCode' | 'removeDiscountCode';
  code: string;
}

/** What the worker asks of the checkout. Each is a message there and one back. */
export interface CheckoutServices {
  getSessionToken(): Promise<string>;
  changeCode(change: CodeChange): Promise<unknown>;
  readStored(key: string): Promise<unknown>;
  writeStored(key: string, data: unknown): Promise<void>;
  deleteStored(key: string): Promise<void>;
  /** Writes to the console of the page what no one in the worker caught. */
  reportProblem(problem: string): Promise<void>;
}

/** What the checkout asks of the worker. */
export interface ExtensionWorker {
  /**
   * Runs an extension's bundle, then its `render`; its document body is drawn over `connection`.
   * @throws what the bundle or its `render` throws
   */
  run(settings: WorkerSettings, bundle: string, connection: RemoteConnection): Promise<void>;
  showCart(cart: CheckoutCart): Promise<void>;
}

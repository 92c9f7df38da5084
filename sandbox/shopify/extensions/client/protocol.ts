/** What a page of the sandbox, the frame of an extension in it, and the extension's worker say to each other. */
import type { RemoteConnection } from '@remote-dom/core';
import type { Catalogue } from './i18n.ts';
import type { CheckoutData } from './apis/checkout-data.ts';
import type { AccountData } from './apis/account-data.ts';
import type { AdminData } from './apis/admin-data.ts';
import type { PosData } from './apis/pos-data.ts';

/** What the surfaces know and their extensions follow; each API reads its own part. */
export interface HostData {
  checkout?: CheckoutData;
  account?: AccountData;
  pos?: PosData;
  admin?: AdminData;
}

/** What a page tells a worker about an extension and where it runs. */
export interface WorkerSettings {
  handle: string;
  target: string;
  apiVersion: string;
  /** Address of the store's front page. */
  storefrontUrl: string;
  locale: string;
  catalogues: Catalogue[];
  shop: { id: number; name: string; domain: string; timeZone: string; countryCode: string };
  customer: { id: string; email: string | null; phone: string | null } | null;
  /** Whether it may ask servers that aren't Shopify's: `network_access` of its toml, or a surface that needs none. */
  hasNetworkAccess: boolean;
  hasApiAccess: boolean;
  data: HostData;
}

/** What the page around an extension can do for it; `kind` names it, the page knows which there are. */
export interface PageRequest {
  kind: string;
  [part: string]: unknown;
}

/** What the worker asks of its host. Each is a message there and one back. */
export interface HostServices {
  /** Posts to the sandbox below the surface's own address. What it changed there (`data`) reaches worker and page too. */
  askServer(path: string, body: unknown): Promise<unknown>;
  /** Asks the page around the frame. Rejects with the page's words. */
  askPage(request: PageRequest): Promise<unknown>;
  readStored(key: string): Promise<unknown>;
  writeStored(key: string, data: unknown): Promise<void>;
  deleteStored(key: string): Promise<void>;
  /** Writes to the console of the page what no one in the worker caught. */
  reportProblem(problem: string): Promise<void>;
}

/** What the host asks of the worker. */
export interface ExtensionWorker {
  /**
   * Runs an extension's bundle, then what it registered for the target; its document body is drawn over `connection`.
   * Returns what the target's function returned: a `should-render` says whether.
   * @throws what the bundle or its function throws
   */
  run(settings: WorkerSettings, bundle: string, connection: RemoteConnection): Promise<unknown>;
  showData(data: HostData): Promise<void>;
}

/** What the sandbox returns to `askServer`: the result, and what else is different now. */
export interface ServerReply {
  result: unknown;
  data?: HostData;
}

/** From a frame to the page around it. */
export type FrameMessage =
  | { type: 'height'; pixels: number }
  | { type: 'changed'; data: HostData }
  | { type: 'asked'; id: number; request: PageRequest };

/** From the page to a frame. */
export type PageMessage =
  | { type: 'changed'; data: HostData }
  | { type: 'replied'; id: number; result: unknown }
  | { type: 'failed'; id: number; problem: string };

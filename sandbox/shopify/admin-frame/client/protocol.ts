/** A button of the title bar or the save bar, described by the app, drawn by the frame. */
export interface BarButton {
  id: string;
  label: string;
  variant: 'primary' | 'breadcrumb' | 'plain';
  isCritical: boolean;
  isDisabled: boolean;
  isLoading: boolean;
}

/** What the save bar shows. */
export interface SaveBarView {
  isShown: boolean;
  canSave: boolean;
  canDiscard: boolean;
  isSaving: boolean;
  asksBeforeDiscard: boolean;
}

/** One entry of the app's menu. */
export interface NavItem {
  label: string;
  href: string;
  isHome: boolean;
}

/** The scopes of the app in this shop. */
export interface ScopesDetail {
  granted: string[];
  required: string[];
  optional: string[];
}

/** What became of a request for scopes; `error` when Shopify doesn't let the app ask. */
export type ScopesAnswer =
  { result: 'granted-all' | 'declined-all'; detail: ScopesDetail } | { error: string };

/** What of the app the merchant has placed, as `shopify.app.extensions()` returns it. */
export type PlacedExtension = { handle: string; type: string; activations: object[] };

/** Messages from the app's side to the frame. Paths are the app's own, without the parameters of the frame. */
export type AppMessage =
  | { type: 'went'; path: string }
  | { type: 'token_wanted'; id: string }
  | { type: 'scopes_wanted'; id: string; scopes: string[] }
  | { type: 'extensions_wanted'; id: string }
  | { type: 'nav'; items: NavItem[] }
  | { type: 'title'; title: string; buttons: BarButton[] }
  | { type: 'save_bar'; view: SaveBarView }
  | {
      type: 'toast';
      id: string;
      message: string;
      isError: boolean;
      action: string | null;
      durationMs: number;
    }
  | { type: 'toast_gone'; id: string }
  | { type: 'loading'; isLoading: boolean }
  | { type: 'backdrop'; isShown: boolean }
  | { type: 'leave_wanted'; id: string }
  | { type: 'open_admin'; path: string; isNewTab: boolean };

/** Messages from the frame to the app's side. */
export type FrameMessage =
  | { type: 'token'; id: string; token: string }
  | { type: 'scopes'; id: string; answer: ScopesAnswer }
  | { type: 'extensions'; id: string; extensions: PlacedExtension[] }
  | { type: 'go'; path: string }
  | { type: 'pressed'; id: string }
  | { type: 'save_bar_pressed'; button: 'save' | 'discard' }
  | { type: 'toast_action'; id: string }
  | { type: 'toast_dismissed'; id: string }
  | { type: 'may_leave'; id: string };

/** Parameters that the frame adds to the app's address and that aren't part of its path. */
export const FRAME_PARAMETERS = [
  'embedded',
  'shop',
  'host',
  'id_token',
  'locale',
  'hmac',
  'session',
  'timestamp',
  'shopify-reload',
] as const;

const MARK = 'setia-app-bridge';

/** Wraps a message in the envelope that marks it as ours. */
export function seal<T extends AppMessage | FrameMessage>(message: T): { mark: string; message: T } {
  return { mark: MARK, message };
}

/** Unwraps a message; null for anything that isn't ours. */
export function unseal<T extends AppMessage | FrameMessage>(data: unknown): T | null {
  return isSealed<T>(data) ? data.message : null;
}

function isSealed<T>(data: unknown): data is { message: T } {
  return (
    typeof data === 'object' && data !== null && 'mark' in data && data.mark === MARK && 'message' in data
  );
}

/** Returns the path and query of an address without the frame's parameters. */
export function pathOf(address: URL): string {
  const parameters = new URLSearchParams(address.search);
  for (const name of FRAME_PARAMETERS) parameters.delete(name);
  const query = parameters.toString();
  return address.pathname + (query ? `?${query}` : '');
}

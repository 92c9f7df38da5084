import type { Translator } from '../../shared/texts.ts';

/** A value of the host that can be followed. */
export interface Followed<T> {
  readonly value: T;
  subscribe(follow: (value: T) => void): () => void;
}

/** A discount on the whole cart; of a code, the description is the code. */
export interface CartDiscount {
  amount: number;
  discountDescription?: string;
  type?: string;
}

/** The part of the till's cart used here. */
export interface TillCart {
  /** False while the cart cannot be changed. */
  editable?: boolean;
  /** Decimal text. */
  subtotal: string;
  cartDiscounts: CartDiscount[];
  customer?: { id: number };
  lineItems: { productId?: number; variantId?: number; title?: string; quantity: number }[];
}

/** What is kept on the device, for all targets of the extension. */
export interface TillStorage {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/** What every target has. */
export interface TillBase {
  i18n: Translator;
  session: {
    currentSession: { currency: string };
    getSessionToken: () => Promise<string | undefined>;
  };
  connectivity: { current: Followed<{ internetConnected: 'Connected' | 'Disconnected' }> };
  storage: TillStorage;
}

/** A target that can say something and has no cart: after a payment. */
export interface TillWithToast extends TillBase {
  toast: { show: (content: string) => void };
}

/** A target that can change the cart. */
export interface Till extends TillWithToast {
  cart: {
    current: Followed<TillCart>;
    addCartCodeDiscount(code: string): Promise<void>;
    removeCartDiscount(): Promise<void>;
    setCustomer(customer: { id: number }): Promise<void>;
  };
}

/** Whether a code is on the cart; without case, as Shopify compares. */
export function isOnCart({ cartDiscounts }: Pick<TillCart, 'cartDiscounts'>, code: string): boolean {
  return cartDiscounts.some((discount) => codeOf(discount) === code.toLowerCase());
}

/** The codes on a cart besides one. */
export function otherCodes({ cartDiscounts }: Pick<TillCart, 'cartDiscounts'>, code: string): string[] {
  return cartDiscounts
    .filter((discount) => isCode(discount) && codeOf(discount) !== code.toLowerCase())
    .flatMap(({ discountDescription }) => discountDescription ?? []);
}

const isCode = ({ type }: CartDiscount): boolean => type === 'Code';
const codeOf = ({ discountDescription }: CartDiscount): string => discountDescription?.toLowerCase() ?? '';

/** The variants of the cart as the price check takes them: "v1x2,v5x1". Custom sales have none. */
export function itemsOf({ lineItems }: Pick<TillCart, 'lineItems'>): string {
  const counts = new Map<number, number>();
  for (const { variantId, quantity } of lineItems)
    if (variantId !== undefined) counts.set(variantId, (counts.get(variantId) ?? 0) + quantity);
  return [...counts].map(([id, quantity]) => `v${id}x${quantity}`).join(',');
}

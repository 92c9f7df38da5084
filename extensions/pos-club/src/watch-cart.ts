import type { StaffClient } from '../../shared/staff-client.ts';
import { findApplied, forgetApplied } from './applied.ts';
import { type Followed, isOnCart, type TillBase, type TillCart } from './till.ts';

/** A paid cart is emptied too: only after this time a code that is gone was taken off. */
export const PAID_GRACE_MS = 5_000;

interface WatchPorts {
  till: Pick<TillBase, 'storage'> & { cart: { current: Followed<TillCart> } };
  client: StaffClient;
  pause: (ms: number) => Promise<void>;
}

/**
 * Follows the till's cart: when a code of points is no longer on it, and no order was paid, the points go back to the
 * customer. What cannot be given back now expires with its code. Returns what the till tells of a payment with.
 */
export function watchCart({ till, client, pause }: WatchPorts): { paid: () => void } {
  /** The code that was on the cart. Whatever was noted before the till started may have been taken off since. */
  let wasOn: string | null = null;
  let payments = 0;
  let isWaiting = false;
  const check = async (cart: TillCart): Promise<void> => {
    const applied = await findApplied(till.storage);
    if (!applied) {
      wasOn ??= '';
      return;
    }
    wasOn ??= applied.code;
    if (isOnCart(cart, applied.code)) {
      wasOn = applied.code;
      return;
    }
    // One wait at a time: it looks at the cart as it is then.
    if (wasOn !== applied.code || isWaiting) return;
    const before = payments;
    isWaiting = true;
    await pause(PAID_GRACE_MS);
    isWaiting = false;
    const now = await findApplied(till.storage);
    // Another code came and perhaps went while this one was waited for.
    if (now && now.code !== applied.code) return check(till.cart.current.value);
    if (!now || payments !== before || isOnCart(till.cart.current.value, applied.code)) return;
    wasOn = '';
    const reply = await client.release(applied.redemptionId, applied.customerId);
    // Without an answer it stays noted, and is tried again with the cart's next change.
    if (reply.ok || reply.cause === 'gone') await forgetApplied(till.storage);
    else wasOn = applied.code;
  };
  till.cart.current.subscribe((cart) => void check(cart).catch(() => undefined));
  void check(till.cart.current.value).catch(() => undefined);
  return {
    paid: () => {
      payments += 1;
      wasOn = '';
      void forgetApplied(till.storage).catch(() => undefined);
    },
  };
}

/** The redemption whose code is on the till's cart, kept on the device: the background gives it back once the code is gone. */
import type { TillStorage } from './till.ts';

/** What is needed to give a redemption back. */
export interface Applied {
  redemptionId: string;
  customerId: string;
  code: string;
}

const KEY = 'applied';

/** Remembers it; done before the code is put on the cart. */
export async function storeApplied(storage: TillStorage, applied: Applied): Promise<void> {
  await storage.set(KEY, applied);
}

/** Forgets it: it was given back, or an order used it. */
export async function forgetApplied(storage: TillStorage): Promise<void> {
  await storage.delete(KEY);
}

/** Returns what is on the cart as far as this device knows; null for nothing. */
export async function findApplied(storage: TillStorage): Promise<Applied | null> {
  const stored = await storage.get(KEY);
  return isApplied(stored) ? stored : null;
}

function isApplied(stored: unknown): stored is Applied {
  return typeof stored === 'object' && stored !== null && 'redemptionId' in stored && 'code' in stored;
}

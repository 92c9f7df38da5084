/**
 * The last balance that this device saw of a customer, for the receipt: what prints it has no connection to the app. One
 * only, since a receipt is printed for the customer who was served last.
 */
import type { StaffCustomer } from '../../shared/staff-api.ts';
import { createTexts } from '../../shared/texts.ts';
import type { TillBase, TillStorage } from './till.ts';

const KEY = 'balance';

interface KeptBalance {
  customerId: string;
  /** Ready to print: "1,200 points". */
  text: string;
}

/** Keeps the balance of a customer who was just read. Does not throw: a receipt prints without it too. */
export async function keepBalance(
  { storage, i18n }: Pick<TillBase, 'storage' | 'i18n'>,
  { person, club }: StaffCustomer,
): Promise<void> {
  const texts = createTexts(i18n, club);
  const [wallet] = club.wallets;
  if (!wallet) return;
  const kept: KeptBalance = {
    customerId: person.id,
    text: texts.units(BigInt(wallet.available), wallet.unit),
  };
  try {
    await storage.set(KEY, kept);
  } catch {
    // The device's storage is full: nothing depends on it.
  }
}

/** Returns the text of a customer's last balance; null when this device did not see it. */
export async function findBalance(
  storage: Pick<TillStorage, 'get'>,
  customerId: string,
): Promise<string | null> {
  const kept = await storage.get(KEY);
  return isKept(kept) && kept.customerId === customerId ? kept.text : null;
}

function isKept(kept: unknown): kept is KeptBalance {
  return typeof kept === 'object' && kept !== null && 'customerId' in kept && 'text' in kept;
}

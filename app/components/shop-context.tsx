import { createContext, useContext, type ReactNode } from 'react';

/** What every screen knows of the shop it is open in. */
export interface AdminShop {
  domain: string;
  name: string;
  /** ISO 4217. */
  currency: string;
  /** IANA name; every day and time on screen is in it. */
  timeZone: string;
  /** Rules act for test customers only. */
  trialMode: boolean;
  /** The club isn't launched yet. */
  isDraft: boolean;
}

const ShopContext = createContext<AdminShop | null>(null);

/** Provides the shop to the screens below it. */
export function ShopProvider({ shop, children }: { shop: AdminShop; children: ReactNode }) {
  return <ShopContext.Provider value={shop}>{children}</ShopContext.Provider>;
}

/** The shop of this screen. Throws outside `ShopProvider`. */
export function useShop(): AdminShop {
  const shop = useContext(ShopContext);
  if (!shop) throw new Error('useShop needs a ShopProvider above it');
  return shop;
}

import type { Sandbox } from '../sandbox.ts';
import type { Router } from '../router.ts';
import { registerAccount } from './account/account-pages.ts';
import { registerAdminExtensions } from './admin-frame/extension-slots.ts';
import { registerAppFrame } from './admin-frame/app-frame.ts';
import { registerCustomerPages } from './admin-frame/customer-pages.ts';
import { registerPurchasePages } from './admin-frame/purchase-pages.ts';
import { registerOrderPages } from './admin-frame/order-pages.ts';
import { registerCheckout } from './checkout/checkout.ts';
import { registerConsole } from './console/console.ts';
import { registerPos } from './pos/pos.ts';
import { registerLanding } from './landing/landing.ts';
import { registerCartPermalink } from './storefront/cart-permalink.ts';
import { registerPlacePages } from './admin-frame/place-pages.ts';
import { registerThemePages } from './admin-frame/theme-pages.ts';
import { Shoppers } from './storefront/shoppers.ts';
import { registerStorefront } from './storefront/storefront.ts';
import { registerAssets } from './ui/assets.ts';

/** Registers the pages for people: admin frame, storefront, checkout, console and the App Bridge stand-in. */
export function registerPages(router: Router, sandbox: Sandbox): void {
  const shoppers = new Shoppers(sandbox.world);
  registerAssets(router, sandbox);
  registerLanding(router, sandbox);
  registerStorefront(router, sandbox, shoppers);
  registerCheckout(router, sandbox, shoppers);
  registerAccount(router, sandbox, shoppers);
  registerCartPermalink(router, sandbox, shoppers);
  router.add('GET', '/admin/:shop', (exchange) =>
    exchange.redirect(`/admin/${exchange.params.shop}/apps/setia`),
  );
  registerAppFrame(router, sandbox);
  registerPos(router, sandbox);
  registerAdminExtensions(router, sandbox);
  registerOrderPages(router, sandbox);
  registerCustomerPages(router, sandbox);
  registerPurchasePages(router, sandbox);
  registerThemePages(router, sandbox);
  registerPlacePages(router, sandbox);
  registerConsole(router, sandbox);
}

/** Pictures of where each place is, of the sandbox's own pages: `node scripts/place-pictures.ts` takes them again. */
import type { PlaceKey } from '../placements.ts';
import cartRedeem from './pictures/cart-redeem.webp';
import cartDrawer from './pictures/cart-drawer.webp';
import launcher from './pictures/launcher.webp';
import productPoints from './pictures/product-points.webp';
import clubPage from './pictures/club-page.webp';
import banner from './pictures/banner.webp';
import resellerForm from './pictures/reseller-form.webp';
import membersOnly from './pictures/members-only.webp';
import accountPage from './pictures/account-page.webp';
import accountOrders from './pictures/account-orders.webp';
import accountProfile from './pictures/account-profile.webp';
import thankYou from './pictures/thank-you.webp';
import orderStatus from './pictures/order-status.webp';
import resellerPage from './pictures/reseller-page.webp';
import checkout from './pictures/checkout.webp';
import till from './pictures/till.webp';
import adminCustomer from './pictures/admin-customer.webp';
import adminOrder from './pictures/admin-order.webp';

export const PICTURES: Readonly<Record<PlaceKey, string>> = {
  'cart-redeem': cartRedeem,
  'cart-drawer': cartDrawer,
  launcher,
  'product-points': productPoints,
  'club-page': clubPage,
  banner,
  'members-only': membersOnly,
  'reseller-form': resellerForm,
  account_page: accountPage,
  account_orders: accountOrders,
  account_profile: accountProfile,
  thank_you: thankYou,
  order_status: orderStatus,
  reseller_page: resellerPage,
  checkout,
  till,
  admin_customer: adminCustomer,
  admin_order: adminOrder,
};

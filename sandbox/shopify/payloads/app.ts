import type { Customer, Shop } from '../../state.ts';
import { gid, type World } from '../../world.ts';
import { localTime } from './local-time.ts';

/** The payload of app/uninstalled: the shop as in the REST API, limited to what this world knows. */
export function appUninstalledPayload(shop: Shop) {
  return {
    id: shop.id,
    name: shop.name,
    email: shop.email,
    domain: shop.domain,
    country: shop.countryCode,
    country_code: shop.countryCode,
    currency: shop.currency,
    iana_timezone: shop.timeZone,
    myshopify_domain: shop.domain,
    primary_locale: shop.locale,
    taxes_included: shop.taxesIncluded,
    money_format: shop.moneyFormat,
    admin_graphql_api_id: gid('Shop', shop.id),
  };
}

/** The payload of app/scopes_update. */
export function scopesUpdatePayload(world: World, shop: Shop, previous: string[], current: string[]) {
  return {
    id: world.nextId(),
    shop_id: gid('Shop', shop.id),
    previous,
    current,
    updated_at: localTime(world.instant(), shop.timeZone),
  };
}

export type PrivacyTopic = 'customers/data_request' | 'customers/redact' | 'shop/redact';

/** The payloads of the three mandatory privacy topics. A customer is needed for the two about customers. */
export function privacyPayload(world: World, domain: string, topic: PrivacyTopic, customer: Customer | null) {
  const { shop, orders } = world.shop(domain);
  const store = { shop_id: shop.id, shop_domain: shop.domain };
  if (topic === 'shop/redact' || customer === null) return store;
  const orderIds = orders.filter((order) => order.customerId === customer.id).map((order) => order.id);
  const person = { id: customer.id, email: customer.email, phone: customer.phone };
  if (topic === 'customers/redact') return { ...store, customer: person, orders_to_redact: orderIds };
  return { ...store, orders_requested: orderIds, customer: person, data_request: { id: world.nextId() } };
}

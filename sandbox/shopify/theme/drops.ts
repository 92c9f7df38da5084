/** What Liquid sees of a shop: products, cart, customer, routes. Amounts in hundredths, as everywhere in Liquid. */
import type { Customer, Metafield, MinorUnits, Product, Shop, Variant } from '../../state.ts';
import type { World } from '../../world.ts';
import { APP_NAMESPACE } from '../app-namespace.ts';
import { currencyDigits } from '../money.ts';
import { productPicture } from '../storefront/product-picture.ts';
import type { StoreVisit } from '../storefront/visit.ts';
import type { CartJson } from './cart-json.ts';

const CENT_DIGITS = 2;

/** Minor units of the shop's currency as hundredths. */
export function toHundredths(minor: MinorUnits, currency: string): number {
  return minor * 10 ** (CENT_DIGITS - currencyDigits(currency));
}

/** Hundredths as minor units of the currency. */
export function fromHundredths(hundredths: number, currency: string): MinorUnits {
  return Math.round(hundredths * 10 ** (currencyDigits(currency) - CENT_DIGITS));
}

type Fields = Record<string, Record<string, { value: unknown; type: string }>>;

/** `metafields` of an owner: the app's own under `$app` and `$app:name`, readable in the app's own blocks only. */
export function metafieldsDrop(owned: readonly Metafield[] = []): Fields {
  const fields: Fields = {};
  for (const { namespace, key, type, value } of owned) {
    const name = namespace.startsWith(`${APP_NAMESPACE}--`)
      ? `$app:${namespace.slice(APP_NAMESPACE.length + 2)}`
      : namespace === APP_NAMESPACE
        ? '$app'
        : namespace;
    (fields[name] ??= {})[key] = { type, value: valueOf(type, value) };
  }
  return fields;
}

function valueOf(type: string, value: string): unknown {
  if (type === 'json') return JSON.parse(value);
  return type === 'number_integer' || type === 'number_decimal' ? Number(value) : value;
}

/** The addresses of a shop in the sandbox; a real shop's root is `/`, or `/id` for a language. */
export function routesDrop(shop: Shop) {
  const root = `/store/${shop.domain}`;
  return {
    root_url: root,
    cart_url: `${root}/cart`,
    cart_add_url: `${root}/cart/add`,
    all_products_collection_url: `${root}/collections/all`,
    account_url: `${root}/account`,
    account_login_url: `${root}/sign-in`,
  };
}

/** A product as `product` of Liquid. @param wanted the variant in the address, if any */
export function productDrop(shop: Shop, product: Product, wanted: string | null = null) {
  const variants = product.variants.map((variant) => variantDrop(shop, variant));
  const [first] = variants;
  return {
    id: product.id,
    title: product.title,
    handle: product.handle,
    description: product.description,
    vendor: product.vendor,
    type: product.productType,
    tags: product.tags,
    url: `/store/${shop.domain}/products/${product.handle}`,
    price: first?.price ?? 0,
    featured_image: productPicture(product),
    has_only_default_variant: variants.length === 1,
    variants,
    selected_or_first_available_variant: variants.find(({ id }) => String(id) === wanted) ?? first,
    metafields: metafieldsDrop(product.metafields),
  };
}

function variantDrop(shop: Shop, { id, title, sku, price, compareAtPrice, metafields }: Variant) {
  return {
    id,
    title,
    sku,
    price: toHundredths(price, shop.currency),
    compare_at_price: compareAtPrice === null ? null : toHundredths(compareAtPrice, shop.currency),
    available: true,
    metafields: metafieldsDrop(metafields),
  };
}

/** The signed-in customer; null for guests, so that no template shows a guest anything of anyone. */
export function customerDrop(customer: Customer | null) {
  return (
    customer && {
      id: customer.id,
      first_name: customer.firstName,
      name: `${customer.firstName} ${customer.lastName}`,
      email: customer.email,
      tags: customer.tags,
      metafields: metafieldsDrop(customer.metafields),
    }
  );
}

/** What every template and every block of a page sees. */
export function globalDrops(
  world: World,
  visit: StoreVisit,
  cart: CartJson,
  page: { path: string; template: string },
) {
  const { shop, customer, words } = visit;
  const state = world.shop(shop.domain);
  return {
    shop: { name: shop.name, currency: shop.currency, permanent_domain: shop.domain, id: shop.id },
    routes: routesDrop(shop),
    request: { locale: { iso_code: words.locale, root_url: `/store/${shop.domain}` }, path: page.path },
    localization: { language: { iso_code: words.locale } },
    customer: customerDrop(customer),
    cart: { ...cart, currency: { iso_code: cart.currency } },
    template: { name: page.template },
    app: { metafields: metafieldsDrop(state.appInstallation?.metafields) },
  };
}

import type { Product, Shop, Variant } from '../../state.ts';
import { gid, type World } from '../../world.ts';
import { currencyDigits, toDecimal } from '../money.ts';
import { localTime } from './local-time.ts';

/**
 * The payload of products/update: tags as one text, the newest variants; collections and metafields are not in it (an
 * app asks the Admin API for those).
 */
export function productPayload(world: World, domain: string, product: Product) {
  const { shop } = world.shop(domain);
  const at = (instant: string) => localTime(instant, shop.timeZone);
  return {
    admin_graphql_api_id: gid('Product', product.id),
    body_html: `<p>${product.description}</p>`,
    created_at: at(product.createdAt),
    handle: product.handle,
    id: product.id,
    product_type: product.productType,
    published_at: product.status === 'ACTIVE' ? at(product.createdAt) : null,
    template_suffix: null,
    title: product.title,
    updated_at: at(product.updatedAt),
    vendor: product.vendor,
    status: product.status.toLowerCase(),
    published_scope: 'web',
    tags: product.tags.toSorted().join(', '),
    variants: product.variants.map((variant) => variantPayload(shop, product, variant)),
    options: [
      { name: 'Title', id: product.id + 1, product_id: product.id, position: 1, values: titlesOf(product) },
    ],
    images: [],
    image: null,
    media: [],
    variant_gids: product.variants.map((variant) => ({
      admin_graphql_api_id: gid('ProductVariant', variant.id),
      updated_at: product.updatedAt,
    })),
    has_variants_that_requires_components: false,
    category: null,
  };
}

/** The payload of products/delete. */
export function productDeletedPayload(product: Product) {
  return { id: product.id };
}

function titlesOf(product: Product): string[] {
  return product.variants.map(({ title }) => title);
}

function variantPayload(shop: Shop, product: Product, variant: Variant) {
  const price = (amount: number) => toDecimal(amount, currencyDigits(shop.currency));
  return {
    admin_graphql_api_id: gid('ProductVariant', variant.id),
    barcode: null,
    compare_at_price: variant.compareAtPrice === null ? null : price(variant.compareAtPrice),
    created_at: localTime(product.createdAt, shop.timeZone),
    id: variant.id,
    inventory_policy: 'deny',
    position: product.variants.indexOf(variant) + 1,
    price: price(variant.price),
    product_id: product.id,
    sku: variant.sku,
    taxable: !product.giftCard,
    title: variant.title,
    updated_at: localTime(product.updatedAt, shop.timeZone),
    option1: variant.title,
    option2: null,
    option3: null,
    image_id: null,
  };
}

import type { Collection, Product, Variant } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { currencyDigits, toDecimal } from '../../money.ts';
import { connection } from '../connection.ts';
import type { AdminContext, Source } from '../context.ts';
import { productPicturePath } from '../../storefront/product-picture.ts';
import { metafieldFields } from './metafield.ts';
import { dateTime, moneyV2 } from './money.ts';

/** `Product` */
export function productSource(context: AdminContext, product: Product): Source {
  const prices = product.variants.map((variant) => variant.price);
  const { currency } = context.state.shop;
  return {
    __typename: 'Product',
    id: gid('Product', product.id),
    legacyResourceId: String(product.id),
    title: product.title,
    handle: product.handle,
    description: product.description,
    descriptionHtml: `<p>${product.description}</p>`,
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags.toSorted(),
    status: product.status,
    featuredMedia: () => pictureSource(context, product),
    ...metafieldFields(product, 'PRODUCT'),
    isGiftCard: product.giftCard,
    hasOnlyDefaultVariant: product.variants.length === 1 && product.variants[0]?.title === 'Default Title',
    variantsCount: { count: product.variants.length, precision: 'EXACT' },
    priceRangeV2: {
      minVariantPrice: moneyV2(Math.min(...prices), currency),
      maxVariantPrice: moneyV2(Math.max(...prices), currency),
    },
    createdAt: dateTime(product.createdAt),
    updatedAt: dateTime(product.updatedAt),
    publishedAt: dateTime(product.createdAt),
    variants: (args) =>
      connection(
        {
          items: product.variants,
          idOf: (variant) => variant.id,
          toSource: (variant) => variantSource(context, product, variant),
        },
        args,
      ),
    collections: (args) =>
      connection(
        {
          items: context.state.collections.filter(({ productIds }) => productIds.includes(product.id)),
          idOf: (collection) => collection.id,
          toSource: (collection) => collectionSource(context, collection),
        },
        args,
      ),
  };
}

/** `MediaImage`, the one picture that each product has. */
function pictureSource(context: AdminContext, product: Product): Source {
  const url = `${context.sandbox.origin}${productPicturePath(context.domain, product)}`;
  const image = { id: gid('ImageSource', product.id), url, altText: product.title, width: 400, height: 400 };
  return {
    __typename: 'MediaImage',
    id: gid('MediaImage', product.id),
    alt: product.title,
    mediaContentType: 'IMAGE',
    status: 'READY',
    image,
    preview: { status: 'READY', image },
  };
}

/** `Collection` */
export function collectionSource(context: AdminContext, collection: Collection): Source {
  const products = () =>
    collection.productIds.flatMap((id) => context.state.products.filter((product) => product.id === id));
  return {
    __typename: 'Collection',
    id: gid('Collection', collection.id),
    legacyResourceId: String(collection.id),
    title: collection.title,
    handle: collection.handle,
    image: null,
    updatedAt: dateTime(collection.updatedAt),
    productsCount: () => ({ count: products().length, precision: 'EXACT' }),
    products: (args) =>
      connection(
        {
          items: products(),
          idOf: (product) => product.id,
          toSource: (product) => productSource(context, product),
        },
        args,
      ),
  };
}

/** `ProductVariant` */
export function variantSource(context: AdminContext, product: Product, variant: Variant): Source {
  const price = (amount: number) => toDecimal(amount, currencyDigits(context.state.shop.currency));
  return {
    __typename: 'ProductVariant',
    id: gid('ProductVariant', variant.id),
    legacyResourceId: String(variant.id),
    title: variant.title,
    displayName: `${product.title} - ${variant.title}`,
    sku: variant.sku,
    barcode: null,
    price: price(variant.price),
    compareAtPrice: variant.compareAtPrice === null ? null : price(variant.compareAtPrice),
    position: product.variants.indexOf(variant) + 1,
    ...metafieldFields(variant, 'PRODUCTVARIANT'),
    inventoryItem: () => ({
      __typename: 'InventoryItem',
      id: gid('InventoryItem', variant.id),
      sku: variant.sku,
      unitCost: null,
    }),
    taxable: !product.giftCard,
    availableForSale: true,
    createdAt: dateTime(product.createdAt),
    updatedAt: dateTime(product.updatedAt),
    product: () => productSource(context, product),
  };
}

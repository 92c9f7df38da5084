import type { Product, Variant } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { currencyDigits, toDecimal } from '../../money.ts';
import { connection } from '../connection.ts';
import type { AdminContext, Source } from '../context.ts';
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
    tags: product.tags,
    status: 'ACTIVE',
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
    taxable: !product.giftCard,
    availableForSale: true,
    createdAt: dateTime(product.createdAt),
    updatedAt: dateTime(product.updatedAt),
    product: () => productSource(context, product),
  };
}

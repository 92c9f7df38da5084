/** Decodes products in webhook payloads. */
import {
  optionalId,
  optionalTimestamp,
  optionalObject,
  optionalText,
  readId,
  readObject,
  DecodeError,
} from '#app/lib/decode.ts';

/** What a products/update payload contains. It has no collections and no metafields. */
export interface ProductNews {
  productId: bigint;
  title: string;
  status: string;
  tags: string[];
  /** Null where the merchant gave none. */
  productType: string | null;
  vendor: string | null;
  /** Shopify's timestamp, in whole seconds. */
  updatedAt: Date;
}

/** Decodes a products/update payload. Throws DecodeError. */
export function decodeProduct(payload: unknown): ProductNews {
  const product = readObject(payload, 'product');
  const updatedAt = optionalTimestamp(product.updated_at, 'product.updated_at');
  if (updatedAt === null) throw new DecodeError('product.updated_at', 'a date and time');
  return {
    productId: readId(product, 'product'),
    title: optionalText(product.title) ?? '',
    status: optionalText(product.status) ?? 'active',
    tags: readTags(product.tags),
    productType: optionalText(product.product_type) || null,
    vendor: optionalText(product.vendor) || null,
    updatedAt,
  };
}

/** Tags come as one comma-separated string. */
function readTags(tags: unknown): string[] {
  const texts = Array.isArray(tags) ? tags.map(String) : (optionalText(tags) ?? '').split(',');
  return texts.map((tag) => tag.trim()).filter((tag) => tag !== '');
}

/** Returns the id in a products/delete payload. Throws DecodeError. */
export function decodeDeletedProduct(payload: unknown): bigint {
  return readId(readObject(payload, 'product'), 'product');
}

/**
 * Returns the products of an order's lines. Returns none for an order that can't be decoded: processing it reports
 * the error.
 */
export function productIdsOfOrder(payload: unknown): bigint[] {
  const lines = optionalObject(payload)?.line_items;
  if (!Array.isArray(lines)) return [];
  return lines.flatMap((line: unknown) => {
    try {
      return optionalId(optionalObject(line)?.product_id, 'product_id') ?? [];
    } catch (error) {
      if (error instanceof DecodeError) return [];
      throw error;
    }
  });
}

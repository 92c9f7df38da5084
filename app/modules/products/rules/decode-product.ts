/** Products in payloads of webhooks. */
import {
  optionalId,
  optionalMoment,
  optionalObject,
  optionalText,
  readId,
  readObject,
  DecodeError,
} from '#app/lib/decode.ts';

/** What products/update says: collections and metafields are not in it. */
export interface ProductNews {
  productId: bigint;
  title: string;
  status: string;
  tags: string[];
  /** Shopify's, in whole seconds. */
  updatedAt: Date;
}

/** Reads a products/update payload. Throws DecodeError. */
export function decodeProduct(payload: unknown): ProductNews {
  const product = readObject(payload, 'product');
  const updatedAt = optionalMoment(product.updated_at, 'product.updated_at');
  if (updatedAt === null) throw new DecodeError('product.updated_at', 'a date and time');
  return {
    productId: readId(product, 'product'),
    title: optionalText(product.title) ?? '',
    status: optionalText(product.status) ?? 'active',
    tags: readTags(product.tags),
    updatedAt,
  };
}

/** Tags come as one text with commas between them. */
function readTags(tags: unknown): string[] {
  const texts = Array.isArray(tags) ? tags.map(String) : (optionalText(tags) ?? '').split(',');
  return texts.map((tag) => tag.trim()).filter((tag) => tag !== '');
}

/** The id that a products/delete payload names. Throws DecodeError. */
export function decodeDeletedProduct(payload: unknown): bigint {
  return readId(readObject(payload, 'product'), 'product');
}

/**
 * The products of an order's lines. An order that cannot be read has none here: whoever works it will say what is wrong
 * with it.
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

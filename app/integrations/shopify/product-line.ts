/** A product as a line of a bulk file. */
import { gidToId } from '#app/lib/ids.ts';
import { z } from 'zod';
import { readStatus, type ProductStatus } from './product-values.ts';

const lineSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.string(),
  tags: z.array(z.string()),
  productType: z.string().nullish(),
  vendor: z.string().nullish(),
  updatedAt: z.coerce.date(),
  featuredMedia: z
    .object({
      preview: z.object({ image: z.object({ url: z.string() }).nullish() }).nullish(),
    })
    .nullish(),
});

export interface ProductLine {
  productId: bigint;
  title: string;
  status: ProductStatus;
  tags: string[];
  /** Null where the merchant gave none. */
  productType: string | null;
  vendor: string | null;
  imageUrl: string | null;
  updatedAt: Date;
}

/** Decodes a product; null when the line isn't one. */
export function decodeProductLine(value: unknown): ProductLine | null {
  const { success, data: line } = lineSchema.safeParse(value);
  const productId = success ? gidToId(line.id, 'Product') : null;
  if (!success || productId === null) return null;
  const { title, tags, updatedAt } = line;
  const imageUrl = line.featuredMedia?.preview?.image?.url ?? null;
  const productType = line.productType || null;
  const vendor = line.vendor || null;
  return {
    productId,
    title,
    status: readStatus(line.status),
    tags,
    productType,
    vendor,
    imageUrl,
    updatedAt,
  };
}

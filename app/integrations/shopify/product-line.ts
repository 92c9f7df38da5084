/** A product as a line of a bulk file. */
import { gidToId } from '#app/lib/ids.ts';
import { z } from 'zod';
import { readStatus, type ProductStatus } from './product-values.ts';

const lineSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.string(),
  tags: z.array(z.string()),
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
  imageUrl: string | null;
  updatedAt: Date;
}

/** Reads a product; null when the line is none. */
export function decodeProductLine(value: unknown): ProductLine | null {
  const { success, data: line } = lineSchema.safeParse(value);
  const productId = success ? gidToId(line.id, 'Product') : null;
  if (!success || productId === null) return null;
  const { title, tags, updatedAt } = line;
  const imageUrl = line.featuredMedia?.preview?.image?.url ?? null;
  return { productId, title, status: readStatus(line.status), tags, imageUrl, updatedAt };
}

import type { Transaction } from '#app/db.server.ts';
import { decodeProductLine } from '#app/integrations/shopify/product-line.ts';
import { storeReportedProducts } from '#app/modules/products/update-products.server.ts';

/** Stores products of a bulk file; returns how many lines couldn't be decoded and were skipped. */
export async function storeProducts(
  tx: Transaction,
  shopId: bigint,
  values: readonly unknown[],
): Promise<number> {
  const lines = values.map(decodeProductLine).filter((line) => line !== null);
  await storeReportedProducts(
    tx,
    lines.map((line) => ({ shopId, ...line })),
  );
  return values.length - lines.length;
}

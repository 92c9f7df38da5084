import type { Transaction } from '#app/db.server.ts';
import { decodeProductLine } from '#app/integrations/shopify/product-line.ts';
import { tellProducts } from '#app/modules/products/update-products.server.ts';

/** Takes in products of a bulk file; answers how many lines could not be read and were passed over. */
export async function keepProducts(
  tx: Transaction,
  shopId: bigint,
  values: readonly unknown[],
): Promise<number> {
  const lines = values.map(decodeProductLine).filter((line) => line !== null);
  await tellProducts(
    tx,
    lines.map((line) => ({ shopId, ...line })),
  );
  return values.length - lines.length;
}

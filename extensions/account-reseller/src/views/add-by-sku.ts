import type { ResellerItem } from '../../../shared/reseller-api.ts';
import type { ResellerClient } from '../../../shared/reseller-client.ts';
import type { CartLine } from '../use-cart.ts';

/** What became of quantities by SKU. */
export type AddedBySku =
  | { ok: true; lines: CartLine[]; items: ResellerItem[]; missing: string[]; several: string[] }
  | { ok: false };

/** Finds the variants of SKUs, and returns the lines that go into the cart. */
export async function findLinesBySku(
  client: ResellerClient,
  quantities: ReadonlyMap<string, number>,
): Promise<AddedBySku> {
  const reply = await client.skus([...quantities.keys()]);
  if (!reply.ok) return { ok: false };
  const bySku = new Map([...quantities].map(([sku, quantity]) => [sku.toLowerCase(), quantity]));
  const { items, missing, several } = reply.body;
  const lines = items.map(({ variantId, sku }) => ({
    variantId,
    quantity: bySku.get(sku.toLowerCase()) ?? 1,
  }));
  return { ok: true, lines, items, missing, several };
}

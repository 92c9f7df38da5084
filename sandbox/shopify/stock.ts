import type { Variant } from '../state.ts';
import type { World } from '../world.ts';

/** Units that a variant begins with where no one said otherwise. */
const FIRST_STOCK = 100;

/** Units of a variant that can still be sold: those it began with, less what orders took and did not give back. */
export function stockOf(world: World, domain: string, variant: Variant): number {
  const sold = world
    .shop(domain)
    .orders.filter(({ cancelledAt }) => cancelledAt === null)
    .flatMap(({ lines }) => lines)
    .filter(({ variantId }) => variantId === variant.id)
    .reduce((sum, { currentQuantity }) => sum + currentQuantity, 0);
  return (variant.stock ?? FIRST_STOCK) - sold;
}

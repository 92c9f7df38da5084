/** What a customer pays at the till by category, list, own percent and tier (F111): the arithmetic of the Function. */
import type { StaffPrices } from '../../../../extensions/shared/staff-api.ts';
import { readCheckAddress } from '#app/modules/pricing/check/check-address.ts';
import { readPriceCheck } from '#app/modules/pricing/check/read-price-check.server.ts';
import type { StaffShop } from './staff-shop.server.ts';

/** Returns the prices of an address's `customer` and `items` (`v1x2,v5x1`). */
export async function readStaffPrices(shop: StaffShop, search: URLSearchParams): Promise<StaffPrices> {
  const { rows, totals, isOff, isUnavailable } = await readPriceCheck(shop, readCheckAddress(search));
  return {
    lines: rows.map(({ ref, title, quantity, grossMinor, totalMinor }) => ({
      ref,
      title,
      quantity,
      grossMinor: grossMinor.toString(),
      totalMinor: totalMinor.toString(),
    })),
    grossMinor: totals.grossMinor.toString(),
    totalMinor: totals.totalMinor.toString(),
    isOff,
    isUnavailable,
  };
}

/** What the merchant has granted, as the row of the shop stores it: scopes with commas between, null before the install. */

/** Returns whether the app sees orders older than 60 days; before the install nothing says that it doesn't. */
export function seesAllOrders(scopes: string | null): boolean {
  return scopes === null || scopes.split(',').includes('read_all_orders');
}

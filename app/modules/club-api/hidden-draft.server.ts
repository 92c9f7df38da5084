import { pool } from '#app/db.server.ts';
import { isTestCustomer } from '#app/modules/customers/test-customers.queries.server.ts';
import type { ShopRules } from './shop-rules.server.ts';

/** Whether the club isn't launched and the customer, null for a guest, is no test customer: to them it isn't there. */
export async function isHiddenDraft(
  { shopId, club }: Pick<ShopRules, 'shopId' | 'club'>,
  customerId: bigint | null,
): Promise<boolean> {
  if (!club.isDraft) return false;
  return customerId === null || !(await isTestCustomer(pool, { shopId, customerId }));
}

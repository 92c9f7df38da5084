/** The shop of a staff user's request, and the name under which what they do is recorded. */
import { env } from '#app/env.server.ts';
import type { StaffToken } from '#app/integrations/shopify/staff-token.server.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import { readStaff, type Staff } from '#app/modules/shops/staff.server.ts';
import { currentRules } from '../shop-rules.server.ts';

/** Who asks, with the header that carries their token. */
export interface StaffCaller extends StaffToken {
  authorization: string;
}

/** A shop with the app installed. */
export interface StaffShop {
  shopId: bigint;
  domain: string;
  currency: string;
  timeZone: string;
  /** Two letters; decides how phone numbers are read. */
  country: string | null;
  club: Club;
}

/** Returns the caller's shop; null where the app is not installed, or was never opened. */
export async function findStaffShop({ shopDomain }: StaffToken): Promise<StaffShop | null> {
  const rules = await currentRules(shopDomain);
  if (!rules?.isInstalled) return null;
  const { shopId, club } = rules;
  const { domain, timeZone, country, currency } = club;
  return currency === null ? null : { shopId, domain, currency, timeZone, country, club };
}

/** Returns the member of staff as the ledger names them. Their name is asked of Shopify once a week. */
export function readCaller(caller: StaffCaller, { shopId, domain }: StaffShop): Promise<Staff> {
  const request = new Request(env.SHOPIFY_APP_URL, { headers: { authorization: caller.authorization } });
  return readStaff(request, { shopId, domain, userId: caller.userId });
}

/** What the endpoints of a signed-in customer have in common: whose request it is, and when it is their turn. */
import type { IncomingMessage } from 'node:http';
import type { CustomerToken } from '#app/integrations/shopify/customer-token.server.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import { toTooMany, type Reply } from './answers.ts';
import { isHiddenDraft } from './hidden-draft.server.ts';
import { takeReadTurn, takeTurn } from './rate-limit.server.ts';
import { currentRules } from './shop-rules.server.ts';

/** A request of a signed-in customer. */
export interface ShopperRequest {
  shopper: CustomerToken;
  /** What the path's placeholder holds; empty for none. */
  id: string;
  /** The part of the address after the question mark. */
  search: string;
  req: IncomingMessage;
}

/** An address for signed-in customers. */
export interface Endpoint {
  name: string;
  method: 'GET' | 'POST';
  path: RegExp;
  run: (request: ShopperRequest) => Promise<Reply>;
}

/** A customer of a shop in which the app is installed. */
export interface Shopper {
  shopId: bigint;
  customerId: bigint;
  club: Club;
}

/** The app is not installed in the shop, or its club is a draft. */
export const NOT_INSTALLED: Reply = { status: 403 };
export const NOT_FOUND: Reply = { status: 404 };

/** Runs what changes something for a customer of a shop, when it is their turn. */
export async function inTurn(
  { shopDomain, customerId }: CustomerToken,
  run: (customer: Shopper) => Promise<Reply>,
  isAtShopify = false,
): Promise<Reply> {
  const rules = await currentRules(shopDomain);
  if (!rules?.isInstalled || (await isHiddenDraft(rules, customerId))) return NOT_INSTALLED;
  const { shopId, club } = rules;
  const wait = takeTurn({ shopId, shopDomain, customerId, isAtShopify });
  return wait === null ? run({ shopId, customerId, club }) : toTooMany(wait);
}

/** A customer who reads in a shop whose currency is known. */
export interface Reader extends Shopper {
  currency: string;
}

/** Runs what reads for a customer of a shop, when it is their turn. */
export async function inReadTurn(
  { shopDomain, customerId }: CustomerToken,
  run: (customer: Reader) => Promise<Reply>,
): Promise<Reply> {
  const rules = await currentRules(shopDomain);
  if (!rules?.isInstalled || (await isHiddenDraft(rules, customerId))) return NOT_INSTALLED;
  const { shopId, club } = rules;
  const { currency } = club;
  if (currency === null) return NOT_INSTALLED;
  const wait = takeReadTurn(shopDomain, customerId);
  return wait === null ? run({ shopId, customerId, club, currency }) : toTooMany(wait);
}

/** The code of a message's links: whose shop, then chance. */
import { randomCode } from '#app/lib/ids.ts';

const RANDOM_CHARACTERS = 10;
const RADIX = 36;
const CODE = /^([0-9a-z]{1,12})-([0-9A-HJKMNP-TV-Z]{10})$/;

/** A new code for a message of the shop. */
export function newLinkCode(shopId: bigint): string {
  return `${shopId.toString(RADIX)}-${randomCode(RANDOM_CHARACTERS)}`;
}

/** Whose shop's a code is; null for a text that is no code. */
export function shopOfCode(code: string): bigint | null {
  const [, shop] = CODE.exec(code) ?? [];
  return shop === undefined ? null : BigInt(Number.parseInt(shop, RADIX));
}

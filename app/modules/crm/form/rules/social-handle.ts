/** Names of accounts in social networks, however people copy them. */
import type { SocialNetwork } from '#app/modules/customers/rules/customer-record.ts';

/** Characters and length of an account name. A WhatsApp account is a phone number. */
const SHAPES: Readonly<Record<Exclude<SocialNetwork, 'whatsapp'>, RegExp>> = {
  instagram: /^[a-z0-9._]{1,30}$/i,
  facebook: /^(?:[a-z0-9.]{5,50}|profile\.php\?id=\d{5,20})$/i,
  tiktok: /^[a-z0-9._]{2,24}$/i,
  line: /^@?[a-z0-9._-]{3,20}$/i,
  telegram: /^[a-z][a-z0-9_]{4,31}$/i,
  x: /^[a-z0-9_]{1,15}$/i,
};

const ADDRESS =
  /^(?:https?:\/\/)?(?:www\.|m\.|mobile\.|id-id\.)?(?:instagram\.com|facebook\.com|fb\.com|tiktok\.com|line\.me|t\.me|telegram\.me|x\.com|twitter\.com)\/+(?:ti\/p\/+~?)?/i;
const BEHIND_NAME = /(?:\/.*|\?(?!id=).*)$/;

/**
 * The name of an account, from the name, the name behind an @, or the address of its page; null for what can be no name
 * there.
 */
export function readHandle(network: Exclude<SocialNetwork, 'whatsapp'>, text: string): string | null {
  const behindAddress = text.trim().replace(ADDRESS, '').replace(BEHIND_NAME, '');
  // The names of LINE's official accounts begin with an @ of their own.
  const name = network === 'line' ? behindAddress : behindAddress.replace(/^@/, '');
  return SHAPES[network].test(name) ? name : null;
}

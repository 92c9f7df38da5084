import type { SocialNetwork } from '#app/modules/customers/rules/customer-record.ts';

const HANDLE = /^[\p{L}\p{N}._-]+$/u;
const FACEBOOK_NUMBER = /^profile\.php\?id=\d+$/;
const WHATSAPP_DIGITS_MIN = 5;

/** Where an account of a network is to be seen; null for what can be no account. An address stays what it is. */
export function socialLink(network: SocialNetwork, account: string): string | null {
  const text = account.trim();
  if (/^https:\/\/[^\s/]+/i.test(text)) return text;
  if (network === 'whatsapp') {
    const digits = text.replace(/\D/g, '');
    return digits.length >= WHATSAPP_DIGITS_MIN ? `https://wa.me/${digits}` : null;
  }
  if (network === 'facebook' && FACEBOOK_NUMBER.test(text)) return `https://www.facebook.com/${text}`;
  const handle = text.replace(/^@/, '');
  return HANDLE.test(handle) ? addressOf(network, encodeURIComponent(handle), text.startsWith('@')) : null;
}

function addressOf(network: Exclude<SocialNetwork, 'whatsapp'>, handle: string, hasAt: boolean): string {
  switch (network) {
    case 'instagram':
      return `https://www.instagram.com/${handle}`;
    case 'facebook':
      return `https://www.facebook.com/${handle}`;
    case 'tiktok':
      return `https://www.tiktok.com/@${handle}`;
    case 'line':
      // Official accounts begin with an @ of their own, people's with a tilde.
      return `https://line.me/R/ti/p/${hasAt ? '@' : '~'}${handle}`;
    case 'telegram':
      return `https://t.me/${handle}`;
    case 'x':
      return `https://x.com/${handle}`;
  }
}

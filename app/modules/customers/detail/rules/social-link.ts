import type { SocialNetwork } from '../../rules/customer-record.ts';

const PLACES: Record<SocialNetwork, (name: string) => string> = {
  instagram: (name) => `https://www.instagram.com/${name}`,
  facebook: (name) => `https://www.facebook.com/${name}`,
  tiktok: (name) => `https://www.tiktok.com/@${name}`,
  line: (name) => `https://line.me/R/ti/p/~${name}`,
  whatsapp: (name) => `https://wa.me/${name.replace(/\D/g, '')}`,
  telegram: (name) => `https://t.me/${name}`,
  x: (name) => `https://x.com/${name}`,
};

/** Where an account of a network is to be seen; null for what can be no account. An address stays what it is. */
export function socialLink(network: SocialNetwork, account: string): string | null {
  const text = account.trim();
  if (/^https:\/\/[^\s/]+/i.test(text)) return text;
  const name = text.replace(/^@/, '');
  if (network === 'whatsapp') return /\d{5}/.test(name.replace(/\D/g, '')) ? PLACES.whatsapp(name) : null;
  return /^[\p{L}\p{N}._-]+$/u.test(name) ? PLACES[network](encodeURIComponent(name)) : null;
}

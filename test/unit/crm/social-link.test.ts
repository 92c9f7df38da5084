import { expect, test } from 'vitest';
import { socialLink } from '#app/modules/crm/profile/rules/social-link.ts';

test.each([
  ['instagram', '@siti.rahma', 'https://www.instagram.com/siti.rahma'],
  ['facebook', 'profile.php?id=12345', 'https://www.facebook.com/profile.php?id=12345'],
  ['tiktok', 'siti', 'https://www.tiktok.com/@siti'],
  ['line', 'siti', 'https://line.me/R/ti/p/~siti'],
  ['line', '@tokosetia', 'https://line.me/R/ti/p/@tokosetia'],
  ['whatsapp', '+62 812-3456', 'https://wa.me/628123456'],
  ['whatsapp', 'none', null],
  ['telegram', 'siti', 'https://t.me/siti'],
  ['x', 'https://x.com/siti', 'https://x.com/siti'],
  ['x', 'javascript:alert(1)', null],
  ['x', 'http://evil.example', null],
  ['instagram', 'two words', null],
] as const)('%s %s is seen at %s', (network, account, address) => {
  expect(socialLink(network, account)).toBe(address);
});

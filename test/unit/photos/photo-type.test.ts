/** What a file is by its bytes: genuine heads of each kind, and what pretends to be one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { photoTypeOf } from '#app/modules/photos/rules/photo-type.ts';

const bytes = (...parts: (string | number)[]) =>
  new Uint8Array(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part].map((c) => c.charCodeAt(0)))),
  );
const heif = (major: string, ...compatible: string[]) =>
  bytes(0, 0, 0, 16 + 4 * compatible.length, 'ftyp', major, 0, 0, 0, 0, ...compatible, 'meta');

test.each([
  ['jpeg', bytes(0xff, 0xd8, 0xff, 0xe0, 'JFIF')],
  ['png', bytes(0x89, 'PNG', 0x0d, 0x0a, 0x1a, 0x0a)],
  ['gif', bytes('GIF89a')],
  ['webp', bytes('RIFF', 1, 2, 3, 4, 'WEBPVP8 ')],
  ['heic', heif('heic', 'mif1', 'heic')],
  ['heic', heif('mif1', 'heic')],
  ['avif', heif('avif', 'mif1', 'miaf')],
  ['avif', heif('mif1', 'avif')],
  [null, heif('isom', 'mp41')],
  [null, bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  [null, bytes('%PDF-1.7')],
  [null, bytes('RIFF', 1, 2, 3, 4, 'WAVE')],
  [null, bytes()],
])('%s', (type, head) => {
  expect(photoTypeOf(head)).toBe(type);
});

test('any bytes get an answer, however few they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (found) => {
      const type = photoTypeOf(found);
      expect(type === null || found.length >= 3).toBe(true);
    }),
  );
});

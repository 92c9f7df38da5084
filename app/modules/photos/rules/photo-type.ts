/** What a file really is, by its first bytes: names and declared types are the sender's word. */

export type PhotoType = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic';

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Brands of the pictures that iPhones take (HEVC), and of the containers that may hold them. */
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1']);
const AVIF_BRANDS = new Set(['avif', 'avis']);

/** The kind of picture that begins with these bytes; null for anything else, drawings in SVG included. */
export function photoTypeOf(bytes: Uint8Array): PhotoType | null {
  if (startsWith(bytes, JPEG)) return 'jpeg';
  if (startsWith(bytes, PNG)) return 'png';
  const head = textAt(bytes, 0, 4);
  if (head === 'GIF8') return 'gif';
  if (head === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') return 'webp';
  return textAt(bytes, 4, 4) === 'ftyp' ? heifTypeOf(bytes) : null;
}

/** Major brand, minor version, then the compatible brands: an AVIF may call itself mif1 first. */
function heifTypeOf(bytes: Uint8Array): PhotoType | null {
  const size = Math.min(bytes.length, (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0));
  const brands = [textAt(bytes, 8, 4)];
  for (let offset = 16; offset + 4 <= size; offset += 4) brands.push(textAt(bytes, offset, 4));
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  return brands.some((brand) => HEIC_BRANDS.has(brand)) ? 'heic' : null;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function textAt(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}

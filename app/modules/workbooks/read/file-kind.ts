/** What an uploaded file is, by its first bytes: its name's ending decides nothing. */
import { UnreadableFile } from '#app/lib/table-cells.ts';

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** A stream's name in the directory of a compound file, which stands within its first sectors in what Office writes. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** Enough for the directory of an encrypted workbook. */
export const KIND_BYTES = 64 * 1024;

/**
 * Returns whether a file is a zip or text, by its beginning (of `KIND_BYTES` at most).
 * @throws UnreadableFile for everything else
 */
export function fileKind(start: Buffer): 'zip' | 'text' {
  if (start.length === 0) throw new UnreadableFile('empty_file');
  if (startsWith(start, 0x50, 0x4b, 0x03, 0x04)) return 'zip';
  if (startsWith(start, 0x50, 0x4b)) throw new UnreadableFile('broken_zip');
  if (startsWith(start, 0xd0, 0xcf, 0x11, 0xe0))
    throw new UnreadableFile(start.includes(ENCRYPTED) ? 'password_protected' : 'old_excel');
  if (/^[\s\ufeff]*<(?:html|table|!doctype html|meta|head|body)/i.test(start.toString('utf8', 0, 512)))
    throw new UnreadableFile('html_file');
  if (isBinary(start)) throw new UnreadableFile('not_a_workbook');
  return 'text';
}

/** PDF, PNG, JPEG, GIF, gzip and RAR; what else holds control characters is found when its encoding is. */
function isBinary(start: Buffer): boolean {
  return (
    startsWith(start, 0x25, 0x50, 0x44, 0x46) ||
    startsWith(start, 0x89, 0x50, 0x4e, 0x47) ||
    startsWith(start, 0xff, 0xd8, 0xff) ||
    startsWith(start, 0x47, 0x49, 0x46, 0x38) ||
    startsWith(start, 0x1f, 0x8b) ||
    startsWith(start, 0x52, 0x61, 0x72, 0x21)
  );
}

/** Returns the bytes of a text in UTF-8: Functions have no TextEncoder. A half of a pair counts as the larger one. */
export function textBytes(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    bytes += code < 0x80 ? 1 : code < 0x8_00 ? 2 : 3;
  }
  return bytes;
}

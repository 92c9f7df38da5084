/** How many photos this process takes at once: each is held whole, and decoding one takes a thread and much memory. */

/** Photos that arrive, wait to be decoded, or are being stored. */
const UPLOADS_MAX = 16;
/** Half of libuv's four threads: files, DNS and the database need the others. */
const DECODES_MAX = 2;

let uploads = 0;
let decodes = 0;
const waiting: (() => void)[] = [];

/** Runs an upload, or returns `busy` at once when there is no room for another. */
export async function withUploadRoom<T, B>(busy: B, upload: () => Promise<T>): Promise<T | B> {
  if (uploads >= UPLOADS_MAX) return busy;
  uploads += 1;
  try {
    return await upload();
  } finally {
    uploads -= 1;
  }
}

/** Runs `decode` when one of the two places is free; in the order of the calls. */
export async function withDecoder<T>(decode: () => Promise<T>): Promise<T> {
  if (decodes < DECODES_MAX) decodes += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await decode();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else decodes -= 1;
  }
}

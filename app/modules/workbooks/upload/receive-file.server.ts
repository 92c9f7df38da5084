/** An upload of any size: through a temporary file into the storage, in pieces, with its hash. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pool } from '#app/db.server.ts';
import { storeFileFrom } from '#app/integrations/storage/files.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { announceFiles } from '#app/modules/photos/file-removals.server.ts';
import { startImport } from '../import/start-import.server.ts';
import { removeLeftFolders, withFolder } from '../left-folders.server.ts';
import { FILE_BYTES_MAX, type FileAnswer } from './upload-limits.ts';

/** Files that arrive at this process at once: each lies on its disk for a while. */
const UPLOADS_MAX = 4;
/** What must stay free on the disk beside the largest file. */
const FREE_BYTES_MIN = 512 * 1024 * 1024;

let uploads = 0;

export interface FileSender {
  shopId: bigint;
  /** `staff:<user id>` */
  actor: string;
  /** As the merchant's computer calls the file. */
  name: string;
}

class TooLarge extends Error {}

/** Takes the body of a request as a file and starts its import; nothing stays on this machine. `bytesMax` is for tests. */
export async function receiveFile(
  request: Request,
  sender: FileSender,
  bytesMax: number = FILE_BYTES_MAX,
): Promise<FileAnswer> {
  if (Number(request.headers.get('content-length')) > bytesMax) return refuse('too_large');
  if (request.body === null) return refuse('empty');
  if (uploads >= UPLOADS_MAX) return refuse('busy');
  uploads += 1;
  try {
    await removeLeftFolders();
    return await withFolder('setia-upload-', (folder) => receiveInto(folder, request.body, sender, bytesMax));
  } catch (error) {
    if (error instanceof TooLarge) return refuse('too_large');
    if (error instanceof UpstreamError) {
      logger.error({ shopId: String(sender.shopId), reason: safeErrorText(error) }, 'file not stored');
      return refuse('not_stored');
    }
    if (request.signal.aborted) return refuse('lost');
    throw error;
  } finally {
    uploads -= 1;
  }
}

async function receiveInto(
  folder: string,
  body: ReadableStream<Uint8Array> | null,
  sender: FileSender,
  bytesMax: number,
): Promise<FileAnswer> {
  if (body === null) return refuse('empty');
  if (!(await hasRoom(folder))) return refuse('busy');
  const file = path.join(folder, 'upload');
  const received = await writeBody(body, file, bytesMax);
  return received.bytes === 0 ? refuse('empty') : keep(file, received, sender);
}

const refuse = (problem: Extract<FileAnswer, { ok: false }>['problem']): FileAnswer => ({
  ok: false,
  problem,
});

async function hasRoom(folder: string): Promise<boolean> {
  const { bavail, bsize } = await fs.statfs(folder);
  return bavail * bsize > FREE_BYTES_MIN + FILE_BYTES_MAX;
}

interface Received {
  bytes: number;
  sha256: string;
}

async function writeBody(
  body: ReadableStream<Uint8Array>,
  file: string,
  bytesMax: number,
): Promise<Received> {
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > bytesMax) done(new TooLarge());
      else done(null, chunk);
    },
  });
  await pipeline(Readable.from(body), count, createWriteStream(file, { mode: 0o600 }));
  return { bytes, sha256: hash.digest('hex') };
}

async function keep(file: string, { bytes, sha256 }: Received, sender: FileSender): Promise<FileAnswer> {
  const { shopId, actor, name } = sender;
  const key = `shops/${shopId}/imports/${randomUUID()}`;
  await announceFiles(pool, shopId, [key]);
  await storeFileFrom(key, file);
  const started = await startImport({ shopId, name, key, bytes, sha256, actor });
  return started === null ? refuse('not_stored') : { ok: true, importId: started.importId.toString() };
}

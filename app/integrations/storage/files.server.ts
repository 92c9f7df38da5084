/** Where files are stored: a folder, or a bucket of an S3-compatible store. Callers only know keys. */
import { createWriteStream, mkdirSync, openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createFsFileStorage } from '@remix-run/file-storage/fs';
import { env, type Environment } from '#app/env.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { openBucket, type Store, type StoredFile } from './bucket.server.ts';

export type { StoredFile };

const TRIES_MAX = 2;
/** Files are named by their key alone: the original file name may say who is in the picture. */
const FILE_NAME = 'file';

let storage: Store | undefined;

/** Created on first use, so that a process without files creates no folder. */
function openStorage(): Store {
  storage ??= makeStorage(env);
  return storage;
}

/** Returns the storage configured in the environment; exported for the tests of both kinds. */
export function makeStorage(
  source: Pick<
    Environment,
    | 'FILES_DIR'
    | 'FILES_S3_BUCKET'
    | 'FILES_S3_REGION'
    | 'FILES_S3_ENDPOINT'
    | 'FILES_S3_KEY_ID'
    | 'FILES_S3_SECRET'
  >,
): Store {
  if (source.FILES_S3_BUCKET === undefined) {
    // Readable by this user only.
    mkdirSync(source.FILES_DIR, { recursive: true, mode: 0o700 });
    return openFolder(source.FILES_DIR);
  }
  return openBucket({
    bucket: source.FILES_S3_BUCKET,
    region: source.FILES_S3_REGION,
    endpoint: source.FILES_S3_ENDPOINT,
    keyId: source.FILES_S3_KEY_ID ?? '',
    secret: source.FILES_S3_SECRET ?? '',
  });
}

function openFolder(folder: string): Store {
  const files = createFsFileStorage(folder);
  return {
    async put(key, file) {
      await files.set(key, new File([file], FILE_NAME));
    },
    async open(key) {
      const file = await files.get(key);
      return file && { bytes: file.size, stream: file.stream() };
    },
    async remove(key) {
      await files.remove(key);
    },
  };
}

/**
 * Stores bytes under a key. Throws UpstreamError when the storage refuses or is unreachable; then nothing is
 * guaranteed.
 */
export async function storeFile(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const file = new Blob([bytes]);
  // A second try: a folder that was just found empty by another file's removal may vanish under the first.
  for (let attempt = 1; ; attempt++) {
    try {
      return await openStorage().put(key, file);
    } catch (error) {
      if (attempt >= TRIES_MAX) throw failure('store', error);
    }
  }
}

/**
 * Stores a file of this machine under a key, in pieces. Throws UpstreamError when the storage refuses or
 * is unreachable; then nothing is guaranteed.
 */
export async function storeFileFrom(key: string, path: string): Promise<void> {
  try {
    await openStorage().put(key, await openAsBlob(path));
  } catch (error) {
    throw failure('store', error);
  }
}

/**
 * Opens the file under a key; null when there is no such file. Throws UpstreamError when the storage is unreachable.
 */
export async function openFile(key: string): Promise<StoredFile | null> {
  try {
    return await openStorage().open(key);
  } catch (error) {
    throw failure('read', error);
  }
}

/**
 * Reads the bytes under a key; null when there is no such file. Throws UpstreamError when the storage is unreachable.
 */
export async function readFile(key: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const file = await openStorage().open(key);
    return file && new Uint8Array(await new Response(file.stream).arrayBuffer());
  } catch (error) {
    throw failure('read', error);
  }
}

/**
 * Copies the file under a key to a path of this machine, in pieces; false when there is no such file. Throws
 * UpstreamError when the storage is unreachable.
 */
export async function copyFileTo(key: string, path: string): Promise<boolean> {
  try {
    const file = await openStorage().open(key);
    if (!file) return false;
    await pipeline(Readable.from(file.stream), createWriteStream(path, { mode: 0o600 }));
    return true;
  } catch (error) {
    throw failure('read', error);
  }
}

/** Removes a file; does nothing when there is none. Throws UpstreamError when the storage refuses or is unreachable. */
export async function removeFile(key: string): Promise<void> {
  try {
    await openStorage().remove(key);
  } catch (error) {
    throw failure('remove', error);
  }
}

function failure(verb: string, cause: unknown): UpstreamError {
  return new UpstreamError(`file storage did not ${verb} a file`, {
    retryable: true,
    outcomeKnown: false,
    cause,
  });
}

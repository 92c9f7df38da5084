/** Opens a zip that came from outside: every guard that its directory allows comes before the first byte is unpacked. */
import { pipeline, type Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { UnreadableFile } from '#app/lib/table-cells.ts';

const ENTRIES_MAX = 2_000;
const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const ENTRY_BYTES_MAX = 4 * GIB;
const TOTAL_BYTES_MAX = 6 * GIB;
/** Honest sheets of empty rows reach 331:1, but only small files do. */
const RATIO_FROM_BYTES = 64 * MIB;
const RATIO_MAX = 200;

const ENCRYPTED_BIT = 1;

export interface Zip {
  names: readonly string[];
  has(name: string): boolean;
  /**
   * The text of an entry, in pieces that never cut a character. Breaking off the loop closes it.
   * @throws UnreadableFile also in the middle: `broken_zip`, `zip_bomb`, `missing_part`
   */
  readText(name: string): AsyncGenerator<string>;
  close(): void;
}

/** @throws UnreadableFile `broken_zip`, `zip_bomb`, `unsafe_path` or `password_protected` */
export async function openZip(path: string): Promise<Zip> {
  const file = await brokenIfThrown(() =>
    openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      strictFileNames: true,
      validateEntrySizes: true,
    }),
  );
  try {
    const entries = await readDirectory(file);
    const unpacked = { bytes: 0 };
    return {
      names: [...entries.keys()],
      has: (name) => entries.has(name),
      readText: (name) => readText(file, entries.get(name), unpacked),
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

async function readDirectory(file: ZipFile): Promise<Map<string, Entry>> {
  if (file.entryCount > ENTRIES_MAX) throw new UnreadableFile('zip_bomb');
  const entries = new Map<string, Entry>();
  let packed = 0;
  let unpacked = 0;
  await brokenIfThrown(async () => {
    for await (const entry of file.eachEntry()) {
      if (entries.has(entry.fileName)) throw new UnreadableFile('broken_zip');
      if (entry.generalPurposeBitFlag & ENCRYPTED_BIT) throw new UnreadableFile('password_protected');
      packed += entry.compressedSize;
      unpacked += entry.uncompressedSize;
      if (entry.uncompressedSize > ENTRY_BYTES_MAX || isBomb(unpacked, packed))
        throw new UnreadableFile('zip_bomb');
      entries.set(entry.fileName, entry);
    }
  });
  return entries;
}

function isBomb(unpacked: number, packed: number): boolean {
  return unpacked > TOTAL_BYTES_MAX || (unpacked > RATIO_FROM_BYTES && unpacked > RATIO_MAX * packed);
}

/** Node's own pieces of 16 KiB cost several times as much as their bytes. */
const PIECE_BYTES = 64 * 1024;
/** Of compression methods: none. */
const STORED = 0;

async function openEntry(file: ZipFile, entry: Entry): Promise<Readable> {
  const stored = await file.openReadStreamPromise(entry, { decodeFileData: false });
  if (entry.compressionMethod === STORED) return stored;
  if (!entry.isCompressed()) throw new UnreadableFile('broken_zip');
  // Whatever goes wrong with either reaches the reader of the last.
  return pipeline(stored, createInflateRaw({ chunkSize: PIECE_BYTES }), () => undefined);
}

async function* readText(
  file: ZipFile,
  entry: Entry | undefined,
  unpacked: { bytes: number },
): AsyncGenerator<string> {
  if (!entry) throw new UnreadableFile('missing_part');
  const stream = await brokenIfThrown(() => openEntry(file, entry));
  const decoder = new TextDecoder('utf-8');
  let sum = 0;
  let ownBytes = 0;
  try {
    const chunks: AsyncIterable<Uint8Array> = stream;
    for await (const bytes of chunks) {
      sum = crc32(bytes, sum);
      ownBytes += bytes.length;
      unpacked.bytes += bytes.length;
      if (ownBytes > entry.uncompressedSize) throw new UnreadableFile('broken_zip');
      if (unpacked.bytes > TOTAL_BYTES_MAX || isBomb(ownBytes, entry.compressedSize))
        throw new UnreadableFile('zip_bomb');
      yield decoder.decode(bytes, { stream: true });
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile('broken_zip', { cause: error });
  } finally {
    stream.destroy();
  }
  if (sum !== entry.crc32 || ownBytes !== entry.uncompressedSize) throw new UnreadableFile('broken_zip');
  yield decoder.decode();
}

/** What yauzl says of names; everything else that it throws is damage. */
const UNSAFE_NAME = /^(?:absolute path|invalid relative path|invalid characters in fileName)/;

async function brokenIfThrown<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    const isUnsafe = error instanceof Error && UNSAFE_NAME.test(error.message);
    throw new UnreadableFile(isUnsafe ? 'unsafe_path' : 'broken_zip', { cause: error });
  }
}

/** A bucket of an S3-compatible store; files go in and out in pieces, whatever their size. */
import { AwsClient } from 'aws4fetch';

export interface Bucket {
  bucket: string;
  region: string;
  /** Another store than Amazon's; the bucket is then part of the path. */
  endpoint: string | undefined;
  keyId: string;
  secret: string;
}

/** A stored file that is read in pieces. */
export interface StoredFile {
  bytes: number;
  stream: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** Where files are stored, by their keys. Everything throws when the store refuses or is unreachable. */
export interface Store {
  /** Stores a file; a blob of a file on disk is read in pieces. */
  put(key: string, file: Blob): Promise<void>;
  /** Opens a file; null when there is none. */
  open(key: string): Promise<StoredFile | null>;
  /** Removes a file; does nothing when there is none. */
  remove(key: string): Promise<void>;
}

/** How long the store may be silent. */
const SILENCE_MS = 30_000;
/** A slower line than this is none. */
const BYTES_PER_MS_MIN = 250;

/** Opens a bucket. */
export function openBucket({ bucket, region, endpoint, keyId, secret }: Bucket): Store {
  const aws = new AwsClient({ accessKeyId: keyId, secretAccessKey: secret, service: 's3', region });
  const base = endpoint === undefined ? `https://${bucket}.s3.${region}.amazonaws.com` : endpoint;
  const path = endpoint === undefined ? '' : `/${encodeURIComponent(bucket)}`;
  const ask = async (method: string, key: string, signal: AbortSignal, body: Blob | null = null) => {
    const keyPath = key.split('/').map(encodeURIComponent).join('/');
    const url = `${base.replace(/\/$/, '')}${path}/${keyPath}`;
    const { headers } = await aws.sign(url, { method });
    return fetch(url, { method, headers, body, signal, redirect: 'error' });
  };
  return {
    async put(key, file) {
      const signal = AbortSignal.timeout(SILENCE_MS + Math.ceil(file.size / BYTES_PER_MS_MIN));
      await finished(await ask('PUT', key, signal, file));
    },
    async open(key) {
      const silence = new Silence();
      const response = await ask('GET', key, silence.signal);
      if (response.status === 404) {
        await response.body?.cancel();
        silence.end();
        return null;
      }
      if (!response.ok || response.body === null) throw new Error(`the bucket: ${response.status}`);
      const bytes = Number(response.headers.get('content-length') ?? Number.NaN);
      if (!Number.isSafeInteger(bytes)) throw new Error('the bucket: a file without a length');
      return { bytes, stream: response.body.pipeThrough(silence.watch()) };
    },
    async remove(key) {
      const response = await ask('DELETE', key, AbortSignal.timeout(SILENCE_MS));
      if (response.status !== 404) await finished(response);
    },
  };
}

async function finished(response: Response): Promise<void> {
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`the bucket: ${response.status}`);
}

/** Ends a download that stalls. */
class Silence {
  readonly #controller = new AbortController();
  #timer = setTimeout(() => this.#controller.abort(), SILENCE_MS);

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  /** Passes pieces on; each one begins the time again. */
  watch(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
    return new TransformStream({
      transform: (piece, controller) => {
        this.#timer.refresh();
        controller.enqueue(piece);
      },
      flush: () => this.end(),
    });
  }
}

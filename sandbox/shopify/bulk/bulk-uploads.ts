import { randomBytes, randomUUID } from 'node:crypto';

import type { Sandbox } from '../../sandbox.ts';
import type { Router } from '../../router.ts';
import type { World } from '../../world.ts';

const PATH = '/staged-uploads';
/** Shopify's staged files go after a day. */
const LASTS_MS = 24 * 3_600_000;

type StagedFile = { domain: string; key: string; policy: string; createdAt: number; bytes: Buffer | null };

/** The files that apps upload for bulk mutations; a restart loses them. */
export class StagedUploads {
  readonly #world: World;
  readonly #files = new Map<string, StagedFile>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Creates a place for a file, as `stagedUploadsCreate` does: its key and what the upload has to prove. */
  create(domain: string, fileName: string): { key: string; policy: string } {
    const key = `tmp/${domain}/bulk/${randomUUID()}/${fileName}`;
    const policy = randomBytes(24).toString('base64');
    this.#files.set(key, { domain, key, policy, createdAt: this.#world.now(), bytes: null });
    return { key, policy };
  }

  /** Stores what is uploaded; false for a place that there is not. */
  fill(key: string, policy: string, bytes: Buffer): boolean {
    const file = this.#files.get(key);
    if (!file || file.policy !== policy || this.#isOld(file)) return false;
    file.bytes = bytes;
    return true;
  }

  /** The uploaded file of a shop; null for one that isn't there, or has expired. */
  read(domain: string, key: string): Buffer | null {
    const file = this.#files.get(key);
    return file && file.domain === domain && !this.#isOld(file) ? file.bytes : null;
  }

  #isOld({ createdAt }: StagedFile): boolean {
    return this.#world.now() > createdAt + LASTS_MS;
  }
}

/** The address that files are posted to; at Shopify one of Google's storage. */
export function stagedUploadUrl(origin: string): string {
  return `${origin}${PATH}`;
}

/** Registers the storage of staged uploads: a form with all parameters, the file last. */
export function registerStagedUploads(router: Router, { uploads }: Sandbox): void {
  router.add('POST', PATH, async (exchange) => {
    const form = await new Response(new Uint8Array(await exchange.body()), {
      headers: { 'content-type': exchange.request.headers['content-type'] ?? '' },
    }).formData();
    const names = [...form.keys()];
    const file = form.get('file');
    const [key, policy] = [form.get('key'), form.get('policy')];
    const isWhole = typeof key === 'string' && typeof policy === 'string' && file instanceof File;
    if (!isWhole || names.at(-1) !== 'file')
      return exchange.sendText(400, xml('InvalidArgument'), 'application/xml; charset=utf-8');
    const isStored = uploads.fill(key, policy, Buffer.from(await file.arrayBuffer()));
    if (!isStored) return exchange.sendText(403, xml('AccessDenied'), 'application/xml; charset=utf-8');
    exchange.sendText(
      201,
      `<PostResponse><Key>${key}</Key></PostResponse>`,
      'application/xml; charset=utf-8',
    );
  });
}

const xml = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;

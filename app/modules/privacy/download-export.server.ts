import { Readable } from 'node:stream';
import { createReadableStreamFromReadable } from '@remix-run/node';
import { withTransaction } from '#app/db.server.ts';
import { recordAccesses } from '#app/modules/customers/sensitive-accesses.server.ts';
import { readPhotoFile } from '#app/modules/photos/photos.queries.server.ts';
import { exportCustomer, type CustomerExport } from './export-customer.server.ts';

const INDENT = 2;

interface Shop {
  shopId: bigint;
  domain: string;
}

/**
 * Returns the export of a customer as a file and records the access; null for a customer the shop does not have. The
 * file is written while the pictures are read, one at a time.
 */
export async function downloadExport(
  shop: Shop,
  customerId: bigint,
  actor: string,
): Promise<Response | null> {
  const { shopId } = shop;
  const found = await withTransaction(async (tx) => {
    const exported = await exportCustomer(tx, shopId, customerId);
    if (exported) await recordAccesses(tx, { shopId, customerIds: [customerId], what: 'export', actor });
    return exported;
  });
  if (!found) return null;
  return new Response(createReadableStreamFromReadable(Readable.from(fileText(shop, found))), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="customer-${customerId}.json"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}

/** JSON whose last property is `photos`: each row with its picture as a `data:` address, or null if the file is gone. */
async function* fileText(shop: Shop, { customers, sections }: CustomerExport): AsyncGenerator<string> {
  const { photos = [], ...others } = sections;
  const file = JSON.stringify({ shop: shop.domain, customers, sections: others, photos: [] }, null, INDENT);
  const end = file.lastIndexOf(']');
  yield file.slice(0, end);
  for (const [place, photo] of photos.entries()) {
    const picture = await readPicture(shop.shopId, photo.photo_id);
    yield `${place === 0 ? '' : ','}\n${JSON.stringify({ ...photo, picture }, null, INDENT)}`;
  }
  yield file.slice(end);
}

async function readPicture(shopId: bigint, photoId: unknown): Promise<string | null> {
  const file = typeof photoId === 'string' ? await readPhotoFile(shopId, photoId, 'full') : null;
  return file && `data:${file.mediaType};base64,${Buffer.from(file.bytes).toString('base64')}`;
}

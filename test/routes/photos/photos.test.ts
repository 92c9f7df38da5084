/** Photos of customers: what is taken in and what is kept of it, who may see it, and that no file is left without a row. */
import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { storeFile } from '#app/integrations/storage/files.server.ts';
import { announceFiles } from '#app/modules/photos/file-removals.server.ts';
import { PHOTO_BYTES_MAX, PHOTOS_MAX } from '#app/modules/photos/photo-limits.ts';
import { removeFiles } from '#app/modules/photos/remove-files.server.ts';
import { action, loader } from '#app/routes/app.customers.$id.photos.tsx';
import { action as upload } from '#app/routes/app.customers.$id_.photo-upload.tsx';
import { loader as showPhoto } from '#app/routes/app.photos.$photoId.tsx';
import { emptyDatabase } from '#test/support/database.ts';
import { givenClub, type TestClub } from '#test/support/clubs.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';

const SITI = 7001n;
let club: TestClub;

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  fs.rmSync(process.env.FILES_DIR!, { recursive: true, force: true });
  club = await givenClub();
  await givenSession(club.domain);
  await pool.query(`INSERT INTO customers (shop_id, customer_id, first_name) VALUES ($1, $2, 'Siti')`, [
    club.shopId,
    SITI,
  ]);
});

/** A phone's picture, taken on its side: 400 wide and 200 high as stored, to be seen 200 wide and 400 high. */
const phonePicture = () =>
  sharp({ create: { width: 400, height: 200, channels: 3, background: '#c46' } })
    .jpeg()
    .withExif({ IFD0: { Artist: 'MARKER-ARTIST' }, IFD3: { GPSLatitude: '6/1 12/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();

async function send(content: Uint8Array | null, { domain } = club, customer = String(SITI)) {
  const form = new FormData();
  if (content) form.set('photo', new File([new Uint8Array(content)], 'MARKER-NAME.jpg'));
  const args = adminArgs(domain, `/app/customers/${customer}/photo-upload`, { params: { id: customer } });
  const { headers, url } = args.request;
  const request = new Request(url, { method: 'POST', headers, body: form });
  return (await upload({ ...args, request })).json() as Promise<{
    ok: boolean;
    photoId: string;
    problem?: string;
  }>;
}
const show = async (query = '', { domain } = club) =>
  (await loader(adminArgs(domain, `/app/customers/${SITI}/photos${query}`, { params: { id: String(SITI) } })))
    .page;
const fetchPhoto = (photoId: string, size = 'full', { domain } = club) =>
  showPhoto(adminArgs(domain, `/app/photos/${photoId}?size=${size}`, { params: { photoId } }));
const post = async (json: object, { domain } = club) =>
  (await action(adminArgs(domain, `/app/customers/${SITI}/photos`, { json, params: { id: String(SITI) } })))
    .data;

/** Every byte that lies in the storage, as text. */
function storedFiles(): string[] {
  const names = fs.existsSync(process.env.FILES_DIR!)
    ? fs.readdirSync(process.env.FILES_DIR!, { recursive: true, encoding: 'utf8' })
    : [];
  return names
    .map((name) => path.join(process.env.FILES_DIR!, name))
    .filter((file) => fs.statSync(file).isFile())
    .map((file) => fs.readFileSync(file, 'latin1'));
}
const removals = async () => (await pool.query('SELECT file_key FROM file_removals')).rowCount;

test('a photo is kept upright, in two sizes, without place, camera and file name', async () => {
  const { ok, photoId } = await send(await phonePicture());
  expect(ok).toBe(true);
  const full = await fetchPhoto(photoId);
  expect(Object.fromEntries(full.headers)).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  });
  const picture = await sharp(Buffer.from(await full.arrayBuffer())).metadata();
  expect(picture).toMatchObject({ format: 'webp', width: 200, height: 400 });
  expect([picture.exif, picture.orientation]).toEqual([undefined, undefined]);
  const thumb = await sharp(Buffer.from(await (await fetchPhoto(photoId, 'thumb')).arrayBuffer())).metadata();
  expect([thumb.width, thumb.height]).toEqual([160, 320]);
  expect(storedFiles().join('')).not.toMatch(/MARKER|siti/i);
  expect(await show()).toMatchObject({ photos: [{ photoId, width: 200, height: 400, caption: '' }] });
  expect(await removals()).toBe(0);
});

test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
  ['a text called .jpg', () => Buffer.from('hello'), 'not_a_photo'],
  [
    'an SVG',
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    'not_a_photo',
  ],
  ["an iPhone's HEIC", () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'heic'],
  ['half a JPEG', async () => (await phonePicture()).subarray(0, 600), 'damaged'],
  ['more than the limit', () => Buffer.alloc(PHOTO_BYTES_MAX + 1, 0xff), 'too_large'],
  [
    'a small file that unfolds into more than 64 megapixels',
    () =>
      sharp({ create: { width: 8_001, height: 8_001, channels: 3, background: 'white' } })
        .png()
        .toBuffer(),
    'too_many_pixels',
  ],
  [
    'a strip of one pixel, which takes minutes to shrink',
    () =>
      sharp({ create: { width: 20_001, height: 1, channels: 3, background: 'white' } })
        .png()
        .toBuffer(),
    'too_many_pixels',
  ],
])('%s is refused by name and leaves nothing', async (_what, make, problem) => {
  expect(await send(await make())).toEqual({ ok: false, problem });
  expect(storedFiles()).toHaveLength(0);
  expect((await show()).photos).toEqual([]);
});

test('uploads that stop half way fill 16 places; the 17th is sent away unread', async () => {
  const ends: (() => void)[] = [];
  const stalled = () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('--x\r\nContent-Disposition: form-data; name="photo"; '));
        ends.push(() => controller.close());
      },
    });
    const args = adminArgs(club.domain, '/app/customers/1/photo-upload', { params: { id: String(SITI) } });
    const headers = new Headers(args.request.headers);
    headers.set('content-type', 'multipart/form-data; boundary=x');
    const request = new Request(args.request.url, { method: 'POST', headers, body, duplex: 'half' });
    return upload({ ...args, request }).then((answer) => answer.json() as Promise<{ problem: string }>);
  };
  const problems: string[] = [];
  const answers = Array.from({ length: 20 }, () => stalled().then(({ problem }) => problems.push(problem)));
  await expect.poll(() => problems).toEqual(Array(4).fill('busy'));
  for (const end of ends) end();
  await Promise.all(answers);
  expect(problems.slice(4)).toEqual(Array(16).fill('not_a_photo'));
  expect(await send(await phonePicture())).toMatchObject({ ok: true });
});

test('a request without a file, and one for a customer who is not there or was erased, are refused', async () => {
  const photo = await phonePicture();
  expect(await send(null)).toEqual({ ok: false, problem: 'not_a_photo' });
  expect(await send(photo, club, '999')).toEqual({ ok: false, problem: 'unknown_customer' });
  await pool.query(`UPDATE customers SET state = 'redacted'`);
  expect(await send(photo)).toEqual({ ok: false, problem: 'unknown_customer' });
  expect(storedFiles()).toHaveLength(0);
});

test('the number of photos of a customer has a limit', async () => {
  await pool.query(
    `INSERT INTO customer_photos (shop_id, customer_id, file_key, thumb_key, media_type, bytes, width, height, author)
     SELECT $1, $2, 'f' || n, 't' || n, 'image/webp', 1, 1, 1, 'staff:1' FROM generate_series(1, ${PHOTOS_MAX}) n`,
    [club.shopId, SITI],
  );
  expect(await send(await phonePicture())).toEqual({ ok: false, problem: 'too_many' });
});

test("another shop's staff see, caption and delete nothing of it", async () => {
  const { photoId } = await send(await phonePicture());
  const other = await givenClub();
  await givenSession(other.domain);
  expect((await thrownBy(fetchPhoto(photoId, 'full', other))).status).toBe(404);
  expect((await thrownBy(show('', other))).status).toBe(404);
  const gone = { ok: false, errors: { form: { code: 'gone' } } };
  expect(await post({ intent: 'caption', photoId, caption: 'x' }, other)).toEqual(gone);
  expect(await post({ intent: 'delete', photoId }, other)).toEqual(gone);
  expect((await show()).photos).toHaveLength(1);
});

test('a caption is kept, and refused with its field when it is too long', async () => {
  const { photoId } = await send(await phonePicture());
  expect(await post({ intent: 'caption', photoId, caption: ' Kebaya, size S ' })).toEqual({ ok: true });
  expect((await show()).photos[0]?.caption).toBe('Kebaya, size S');
  expect(await post({ intent: 'caption', photoId, caption: 'x'.repeat(301) })).toMatchObject({
    errors: { caption: { code: 'too_long' } },
  });
});

test('deleting takes the row at once and both files with the next run of the job', async () => {
  const { photoId } = await send(await phonePicture());
  expect(await post({ intent: 'delete', photoId })).toEqual({ ok: true });
  expect((await thrownBy(fetchPhoto(photoId))).status).toBe(404);
  expect(storedFiles()).toHaveLength(4);
  expect(await removeFiles()).toBe(2);
  expect(storedFiles()).toHaveLength(0);
  expect(await removeFiles()).toBe(0);
});

test('a file whose upload broke off goes after an hour, not before', async () => {
  await announceFiles(pool, club.shopId, ['left']);
  await storeFile('left', new Uint8Array([1]));
  expect(await removeFiles()).toBe(0);
  await pool.query(`UPDATE file_removals SET due_at = due_at - interval '61 minutes'`);
  expect(await removeFiles()).toBe(1);
  expect(storedFiles()).toHaveLength(0);
});

test('an erasure that comes between the file and the row wins', async () => {
  const tx = await pool.connect();
  try {
    await tx.query('BEGIN');
    await tx.query(`UPDATE customers SET state = 'redacted'`);
    const sent = send(await phonePicture());
    // The upload waits for the customer's row by now.
    await expect.poll(async () => removals()).toBe(2);
    await tx.query('COMMIT');
    expect(await sent).toEqual({ ok: false, problem: 'unknown_customer' });
  } finally {
    tx.release();
  }
  await removeFiles();
  expect(storedFiles()).toHaveLength(0);
});

test('pages of photos follow each other without a gap', async () => {
  await pool.query(
    `INSERT INTO customer_photos (shop_id, customer_id, file_key, thumb_key, media_type, bytes, width, height, author, created_at)
     SELECT $1, $2, 'f' || n, 't' || n, 'image/webp', 1, 1, 1, 'staff:1', '2026-11-20T10:00:00Z' FROM generate_series(1, 30) n`,
    [club.shopId, SITI],
  );
  const first = await show();
  const second = await show(`?before=${first.olderThan}`);
  expect([first.photos.length, second.photos.length, second.olderThan]).toEqual([24, 6, null]);
  expect(new Set([...first.photos, ...second.photos].map(({ photoId }) => photoId)).size).toBe(30);
});

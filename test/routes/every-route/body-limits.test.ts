/** Bodies that are too large or never end, at every action: counted as they are read, whatever they announce. */
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { givenSession } from '#test/support/route-requests.ts';
import { sessionToken } from '#test/support/session-token.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const CUSTOMER = 7001;
const MIB = 1024 * 1024;
/** The photo upload: its library reads 20 MiB, everything else 16 to say 413 to an honest client. */
const READ_BYTES_MAX = 22 * MIB;
/** Actions that never look at the body: "apply now", a national ID, a payout that is not there, the button that stops messages. */
const NO_BODY = 4;

type Handler = (args: object) => Promise<unknown>;
const modules = import.meta.glob<{ action?: Handler }>('../../../app/routes/*.tsx');
const actions: [name: string, action: Handler][] = [];

beforeAll(async () => {
  await givenShop({ domain: SHOP });
  await givenSession(SHOP);
  for (const [file, load] of Object.entries(modules)) {
    const { action } = await load();
    // Takes files of 200 MB; test/routes/workbooks has its limit.
    if (action && !file.endsWith('app.customers.import.upload.tsx'))
      actions.push([file.split('/').at(-1)!.replace('.tsx', ''), action]);
  }
});
afterEach(() => vi.useRealTimers());

const MULTIPART_START = new TextEncoder().encode(
  '--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n',
);

/** What an action answers to this body, without a length in its header. */
async function statusOf(name: string, action: Handler, body: ReadableStream<Uint8Array>): Promise<number> {
  const isUpload = name.endsWith('photo-upload');
  const request = new Request(`http://127.0.0.1:3000/app?shop=${SHOP}`, {
    method: 'POST',
    headers: {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Setia-Test',
      authorization: `Bearer ${sessionToken(SHOP)}`,
      'content-type': isUpload ? 'multipart/form-data; boundary=x' : 'application/json',
    },
    body,
    duplex: 'half',
  });
  try {
    const answer = await action({
      request,
      params: { id: String(CUSTOMER), noteId: '1', photoId: '1' },
      context: {},
    });
    return answer instanceof Response ? answer.status : 200;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.status;
    return (thrown as { init?: { status?: number } }).init?.status ?? 500;
  }
}

/** 100 MiB in chunks, and how much of it was read. */
function largeBody(start: Uint8Array) {
  const chunk = new Uint8Array(MIB).fill(32);
  let readBytes = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = readBytes === 0 ? start : chunk;
        readBytes += next.length;
        controller.enqueue(next);
        if (readBytes > 100 * MIB) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, readBytes: () => readBytes };
}

it('no action reads 100 MiB', async () => {
  const wrong: string[] = [];
  let refused = 0;
  for (const [name, action] of actions) {
    const isUpload = name.endsWith('photo-upload');
    const body = largeBody(isUpload ? MULTIPART_START : new Uint8Array([32]));
    const status = await statusOf(name, action, body.stream);
    // The upload's answer says which of the photos was refused, and why.
    const isRefused = status === (isUpload ? 422 : 413);
    if (!isRefused && body.readBytes() > MIB) wrong.push(`${name}: ${status}`);
    if (body.readBytes() > READ_BYTES_MAX) wrong.push(`${name}: ${body.readBytes()} bytes`);
    if (isRefused) refused += 1;
  }
  expect(wrong).toEqual([]);
  expect(refused).toBeGreaterThanOrEqual(actions.length - NO_BODY);
});

it('no action but the photo upload waits for the end of a body that does not come', async () => {
  const left = actions.filter(([name]) => !name.endsWith('photo-upload'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let cut = 0;
  for (const [name, action] of left) {
    let answered = Promise.resolve(0);
    await new Promise<void>((resolve) => {
      const pull = () => new Promise<void>(() => resolve());
      answered = statusOf(name, action, new ReadableStream({ pull }, { highWaterMark: 0 }));
      void answered.then(() => resolve());
    });
    await vi.advanceTimersByTimeAsync(30_000);
    if ((await answered) === 408) cut += 1;
  }
  expect(cut).toBeGreaterThanOrEqual(left.length - NO_BODY);
});

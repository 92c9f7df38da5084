/** The screen of snapshots through its route. */
import { beforeAll, expect, test } from 'vitest';
import { installApp } from '#test/support/sandbox-bed.ts';
import * as segments from '#app/routes/app.customers.segments._index.tsx';
import * as screen from '#app/routes/app.customers.segments.snapshots.tsx';
import { adminArgs } from '#test/support/route-requests.ts';
import { DEMO_SHOP, USD_SHOP, type Loose } from '#test/support/sandbox.ts';

const WHERE = '/app/customers/segments/snapshots';
const view = (shop = DEMO_SHOP) => screen.loader(adminArgs(shop, WHERE));
const post = async (json: Record<string, unknown>, shop = DEMO_SHOP): Promise<Loose> =>
  screen.action(adminArgs(shop, WHERE, { json })) as unknown;

beforeAll(async () => {
  await installApp(DEMO_SHOP);
  await installApp(USD_SHOP);
});

test('a snapshot is taken of a segment, renamed and deleted; another shop can do none of it', async () => {
  await segments.action(
    adminArgs(DEMO_SHOP, '/app/customers/segments', {
      json: { intent: 'create', name: 'Fresh', filter: 'tab=new' },
    }),
  );
  const list = await segments.loader(adminArgs(DEMO_SHOP, '/app/customers/segments'));
  const segmentId = String(list.segments[0]!.segmentId);
  expect(await post({ intent: 'take', segmentId, name: 'Then' }, USD_SHOP)).toMatchObject({
    data: { ok: false },
    init: { status: 422 },
  });
  expect(await post({ intent: 'take', segmentId, name: 'Then' })).toMatchObject({ data: { ok: true } });
  const [snapshot] = (await view()).snapshots;
  expect(snapshot).toMatchObject({ name: 'Then', segmentName: 'Fresh', usedBy: [] });
  expect((await view(USD_SHOP)).snapshots).toEqual([]);
  const snapshotId = String(snapshot!.snapshotId);
  expect(await post({ intent: 'rename', snapshotId, name: '' })).toMatchObject({
    data: { errors: { name: { code: 'required' } } },
  });
  expect(await post({ intent: 'rename', snapshotId, name: 'Now' })).toMatchObject({ data: { ok: true } });
  await post({ intent: 'delete', snapshotId }, USD_SHOP);
  expect((await view()).snapshots).toMatchObject([{ name: 'Now' }]);
  await post({ intent: 'delete', snapshotId });
  expect((await view()).snapshots).toEqual([]);
});

test('what it doesn’t know is refused', async () => {
  for (const json of [{ intent: 'nonsense', snapshotId: '1' }, { intent: 'take', segmentId: 'x' }, {}])
    expect(await post(json)).toMatchObject({ init: { status: 422 } });
});

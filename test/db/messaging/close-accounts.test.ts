/** What an erased shop leaves at Twilio: the subaccount it sent with is closed. */
import { beforeEach, expect, test } from 'vitest';
import { givenPlatform, givenSendingShop, shop } from '#test/support/sending-bed.ts';
import { sandbox } from '#test/support/twilio-bed.ts';
import { givenEvent, givenShop } from '#test/support/shops.ts';
import { pool } from '#app/db.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { closeAccounts } from '#app/modules/messaging/channels/close-accounts.server.ts';
import { connectChannel } from '#app/modules/messaging/channels/connect-channel.server.ts';
import { deleteChannel } from '#app/modules/messaging/channels/channel-rows.server.ts';

beforeEach(givenSendingShop);

const subaccounts = () =>
  sandbox.world.twilio.accounts
    .filter(({ friendlyName }) => friendlyName === shop.domain)
    .map(({ status }) => status);
const waiting = async () => (await pool.query('SELECT shop_id, failures FROM account_closings')).rows;
const uninstall = () =>
  pool.query(
    `UPDATE shops SET uninstalled_at = now() - interval '2 days', installed_at = now() - interval '9 days'
    WHERE shop_id = $1`,
    [shop.shopId],
  );
const redact = async () => {
  await givenEvent(shop.shopId, 'shop/redact', { shop_domain: shop.domain });
  expect(await processInbox()).toMatchObject({ failed: 0 });
};
const away = (times: number) =>
  sandbox.control('POST', '/_control/faults', {
    target: 'twilio',
    kind: 'status503',
    operation: 'UpdateAccount',
    times,
  });

test('is closed after the erasure, once, and those of other shops stay open', async () => {
  await givenPlatform();
  const other = await givenShop({ domain: 'other.myshopify.com' });
  await connectChannel({ ...other, name: 'Lain' }, { account: 'platform', senderName: 'Lain' }, 'staff:1');
  await uninstall();
  expect(await closeAccounts()).toBe(0);
  await redact();
  expect(subaccounts()).toEqual(['active']);
  expect(await closeAccounts()).toBe(1);
  expect(subaccounts()).toEqual(['closed']);
  expect(await waiting()).toEqual([]);
  const open = sandbox.world.twilio.accounts.filter(({ status }) => status === 'active');
  expect(open.map(({ friendlyName }) => friendlyName)).toContain('other.myshopify.com');
  expect(open.map(({ friendlyName }) => friendlyName)).toContain('Setia platform');
  expect(await closeAccounts()).toBe(0);
});

test('while Twilio is away it is tried again later, and what was closed meanwhile is done', async () => {
  await givenPlatform();
  await uninstall();
  await redact();
  await away(1);
  expect(await closeAccounts()).toBe(0);
  expect(await waiting()).toEqual([{ shop_id: shop.shopId, failures: 1 }]);
  expect(subaccounts()).toEqual(['active']);
  expect(await closeAccounts()).toBe(0);
  await sandbox.control('POST', '/_control/faults', {
    target: 'twilio',
    kind: 'lostReply',
    operation: 'UpdateAccount',
    times: 1,
  });
  await pool.query('UPDATE account_closings SET due_at = now()');
  // Twilio closed it, and its answer was lost.
  expect(await closeAccounts()).toBe(0);
  expect(subaccounts()).toEqual(['closed']);
  await pool.query('UPDATE account_closings SET due_at = now()');
  expect(await closeAccounts()).toBe(0);
  expect(await waiting()).toEqual([]);
});

test('is found by its name, also when the shop had disconnected it', async () => {
  await givenPlatform();
  await deleteChannel(pool, shop.shopId);
  await uninstall();
  await redact();
  expect(await closeAccounts()).toBe(1);
  expect(subaccounts()).toEqual(['closed']);
});

test('a shop that is back keeps it; one that comes back later gets another', async () => {
  await givenPlatform();
  await uninstall();
  await redact();
  await pool.query('UPDATE shops SET installed_at = now() WHERE shop_id = $1', [shop.shopId]);
  expect(await closeAccounts()).toBe(0);
  expect(subaccounts()).toEqual(['active']);
  expect(await waiting()).toEqual([]);

  await uninstall();
  await redact();
  expect(await closeAccounts()).toBe(1);
  await pool.query('UPDATE shops SET installed_at = now() WHERE shop_id = $1', [shop.shopId]);
  expect(await connectChannel(shop, { account: 'platform', senderName: 'Toko' }, 'staff:1')).toEqual({
    ok: true,
  });
  expect(subaccounts()).toEqual(['closed', 'active']);
});

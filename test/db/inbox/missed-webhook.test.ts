/** An order whose webhooks were all lost, with a tip, by the operator's command (fixtures/cases/README.md, 01b). */
import { expect, test } from 'vitest';
import { club, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { audit, balanceOf, setRule } from '#test/support/clubs.ts';
import { runOps } from '#test/support/figures.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useSandboxShop({ hasOrders: false });

test('`npm run ops -- reconcile` finds it: the goods earn, the tip does not and is no product', async () => {
  await setRule(club, { stepMinor: 1_000_00n, units: 1n, includeTax: true });
  await sandbox.control('POST', '/_control/faults', { target: 'webhook', kind: 'drop', times: 10 });
  const { body } = await sandbox.control('POST', '/_control/orders', {
    customer: 'siti.rahmawati@example.com',
    lines: [
      { title: 'Kopi', price: '100000.00' },
      { title: 'Tip', price: '25000.00' },
    ],
  });
  await sandbox.webhooks.idle();
  expect(sandbox.receiver.received).toEqual([]);
  await sandbox.control('DELETE', '/_control/faults');

  const { exitCode, stdout, stderr } = await runOps({ env: {} }, 'reconcile', '--shop', DEMO_SHOP, '--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject([{ domain: DEMO_SHOP, missed: 1, error: null }]);
  await processInbox();
  expect(await balanceOf(club, body.order.customer.id)).toBe(100n);
  expect(
    await select(`SELECT o.items, o.net_minor, (SELECT array_agg(title) FROM order_lines l
      WHERE l.shop_id = o.shop_id AND l.order_id = o.order_id) AS products FROM orders o WHERE o.shop_id = $1`),
  ).toEqual([{ items: 1, net_minor: 12_500_000n, products: ['Kopi'] }]);
  expect(await audit(club)).toEqual([]);
});

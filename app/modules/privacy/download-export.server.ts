import { withTransaction } from '#app/db.server.ts';
import { recordAccesses } from './accesses.server.ts';
import { exportCustomer } from './export-customer.server.ts';

const INDENT = 2;

/** The export of a customer as a file, and the note of who took it; null for a customer whom the shop does not have. */
export async function downloadExport(
  shop: { shopId: bigint; domain: string },
  customerId: bigint,
  actor: string,
): Promise<Response | null> {
  const { shopId, domain } = shop;
  const found = await withTransaction(async (tx) => {
    const exported = await exportCustomer(tx, shopId, customerId);
    if (exported) await recordAccesses(tx, { shopId, customerIds: [customerId], what: 'export', actor });
    return exported;
  });
  if (!found) return null;
  const file = JSON.stringify({ shop: domain, ...found }, null, INDENT);
  return new Response(file, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="customer-${customerId}.json"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}

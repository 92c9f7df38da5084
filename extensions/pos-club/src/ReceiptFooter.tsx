import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { ReceiptLines } from './views/ReceiptLines.tsx';
import { findBalance } from './balances.ts';

/** What the till gives this target; Shopify's types have none for it. */
declare const shopify: {
  transaction: unknown;
  storage: Parameters<typeof findBalance>[0];
  i18n: Parameters<typeof ReceiptLines>[0]['i18n'];
};

/** Entry of the target pos.receipt-footer.block.render. It has no connection to the app: what the till read last is printed. */
export default async function extension(): Promise<void> {
  const customerId = customerOf(shopify.transaction);
  const balance =
    customerId === null ? null : await findBalance(shopify.storage, customerId).catch(() => null);
  render(<ReceiptLines i18n={shopify.i18n} balance={balance} />, document.body);
}

function customerOf(transaction: unknown): string | null {
  if (typeof transaction !== 'object' || transaction === null || !('customer' in transaction)) return null;
  const { customer } = transaction;
  return typeof customer === 'object' && customer !== null && 'id' in customer ? String(customer.id) : null;
}

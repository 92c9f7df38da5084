/** Shopify's own store credit of a customer. Crediting isn't idempotent: callers look it up before they retry. */
import { UpstreamError } from '#app/lib/errors.ts';
import { idToGid } from '#app/lib/ids.ts';
import { formatDecimal, parseMinor } from '#app/lib/money.ts';
import type { CreditStoreCreditMutation, ReadStoreCreditQuery } from '#app/types/admin.generated.d.ts';
import { adminGraphql, firstUserError } from './admin-client.server.ts';
import { CREDIT_STORE_CREDIT, READ_STORE_CREDIT } from './operations/store-credit.ts';

/** How many of the newest transactions are read; only one payout is in progress at a time. */
const TRANSACTIONS_READ = 50;
const CREDIT = 'StoreCreditAccountCreditTransaction';

export interface CreditTransaction {
  gid: string;
  amountMinor: bigint;
  currency: string;
}

export type CreditOutcome =
  | { outcome: 'credited'; gid: string }
  /** Shopify refused permanently; `reason` is its own word. */
  | { outcome: 'refused'; reason: string }
  /** It may have happened: read the transactions before trying again. */
  | { outcome: 'unknown' }
  /** It hasn't happened and may be retried. */
  | { outcome: 'not_now' };

/** Lists a customer's newest credits, newest first. Throws UpstreamError. */
export async function readCredits(shopDomain: string, customerId: bigint): Promise<CreditTransaction[]> {
  const data = await adminGraphql<ReadStoreCreditQuery>(shopDomain, READ_STORE_CREDIT, {
    customer: idToGid('Customer', customerId),
    first: TRANSACTIONS_READ,
  });
  const accounts = data.customer?.storeCreditAccounts.nodes ?? [];
  return accounts.flatMap(({ transactions }) =>
    transactions.nodes.flatMap((node) =>
      node.__typename === CREDIT && 'id' in node
        ? [
            {
              gid: node.id,
              amountMinor: parseMinor(node.amount.amount, node.amount.currencyCode),
              currency: node.amount.currencyCode,
            },
          ]
        : [],
    ),
  );
}

/** Adds store credit to a customer, once. Never throws for a failure of Shopify. */
export async function creditCustomer(
  shopDomain: string,
  credit: { customerId: bigint; amountMinor: bigint; currency: string },
): Promise<CreditOutcome> {
  try {
    const data = await adminGraphql<CreditStoreCreditMutation>(shopDomain, CREDIT_STORE_CREDIT, {
      customer: idToGid('Customer', credit.customerId),
      credit: {
        creditAmount: {
          amount: formatDecimal(credit.amountMinor, credit.currency),
          currencyCode: credit.currency,
        },
      },
    });
    const payload = data.storeCreditAccountCredit;
    const error = firstUserError(payload?.userErrors ?? []);
    if (error) return { outcome: 'refused', reason: error.message };
    const transaction = payload?.storeCreditAccountTransaction;
    return transaction ? { outcome: 'credited', gid: transaction.id } : { outcome: 'unknown' };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (!error.outcomeKnown) return { outcome: 'unknown' };
    return error.retryable ? { outcome: 'not_now' } : { outcome: 'refused', reason: error.message };
  }
}

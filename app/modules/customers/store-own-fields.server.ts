/** Fields of a customer's row that Shopify does not have. Each writer runs in the caller's transaction. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { bigintArray, timestampArray } from '#app/lib/pg-arrays.ts';
import { logConsents } from './log-consents.server.ts';
import { sealNationalId } from './national-id.server.ts';
import { recordAccesses } from './sensitive-accesses.server.ts';

interface CustomerKey {
  shopId: bigint;
  customerId: bigint;
}

/** When a customer gave or withdrew consent, and how staff know. */
export async function storeConsentFacts(
  tx: Transaction,
  { shopId, customerId }: CustomerKey,
  consent: { channel: 'sms' | 'email'; at: Date | null; source: string; actor: string },
): Promise<void> {
  const { channel, at, source, actor } = consent;
  await tx.query(
    `UPDATE customers SET ${channel}_consent_at = $3, ${channel}_consent_source = $4 WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId, at, source],
  );
  await logConsents(tx, channel, [{ shopId, customerId }], actor);
}

/** Stores a customer's national ID as typed, or removes it (null), and records the access. */
export async function storeNationalId(
  tx: Transaction,
  { shopId, customerId }: CustomerKey,
  text: string | null,
  actor: string,
): Promise<void> {
  const sealed = text === null ? null : sealNationalId(shopId, text);
  await tx.query(
    `UPDATE customers SET national_id_cipher = $3, national_id_hash = $4, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId, sealed?.cipher ?? null, sealed?.hash ?? null],
  );
  const what = text === null ? 'national_id_removed' : 'national_id_set';
  await recordAccesses(tx, { shopId, customerIds: [customerId], what, actor });
}

export interface ConsentFact {
  customerId: bigint;
  channel: 'sms' | 'email';
  at: Date;
  source: string;
}

/** As `storeConsentFacts`, of many customers of a shop. */
export async function storeConsentFactsOf(
  tx: Transaction,
  shopId: bigint,
  facts: readonly ConsentFact[],
  actor: string,
): Promise<void> {
  for (const channel of ['sms', 'email'] as const) {
    const own = facts.filter((fact) => fact.channel === channel);
    if (own.length === 0) continue;
    await tx.query(
      `UPDATE customers c SET ${channel}_consent_at = n.at, ${channel}_consent_source = n.source
       FROM unnest($2::bigint[], $3::timestamptz[], $4::text[]) AS n (customer_id, at, source)
       WHERE c.shop_id = $1 AND c.customer_id = n.customer_id`,
      [
        shopId,
        bigintArray(own.map(({ customerId }) => customerId)),
        timestampArray(own.map(({ at }) => at)),
        own.map(({ source }) => source),
      ],
    );
    await logConsents(
      tx,
      channel,
      own.map(({ customerId }) => ({ shopId, customerId })),
      actor,
    );
  }
}

/** Marks a customer as a test customer or an ordinary one. Returns whether there is such a customer. */
export async function storeTestMark(
  db: Queryable,
  { shopId, customerId }: CustomerKey,
  isTrial: boolean,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE customers SET is_trial = $3 WHERE shop_id = $1 AND customer_id = $2 AND state = 'active'`,
    [shopId, customerId, isTrial],
  );
  return rowCount === 1;
}

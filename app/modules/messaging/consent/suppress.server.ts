/** Who must not be written to. By address, and not by customer: it survives a merge, an import and an erasure. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import type { MessageChannel } from './address-hash.server.ts';

/** `free_text`: staff may see that it was meant otherwise. `provider`: Twilio said so when we wrote. */
export type SuppressionSource = 'keyword' | 'free_text' | 'provider' | 'staff' | 'link' | 'deactivated';

/** An address of the shop's, with its hash. */
export interface SuppressedAddress {
  shopId: bigint;
  channel: MessageChannel;
  hash: string;
  /** For staff. */
  address: string;
}

/** How it is known. */
export interface Proof {
  source: SuppressionSource | 'start';
  at: Date;
  messageSid: string | null;
  rule: number | null;
  wordsVersion: string | null;
  actor: string | null;
}

/** A stop that is already there keeps its first day; one that was lifted begins again. */
const SUPPRESS = `
  INSERT INTO suppressions AS s (shop_id, channel, address_hash, address, source, message_sid, needs_review, since)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (shop_id, channel, address_hash) DO UPDATE SET
    since = CASE WHEN s.lifted_at IS NULL THEN s.since ELSE excluded.since END,
    source = CASE WHEN s.lifted_at IS NULL AND excluded.source <> 'keyword' THEN s.source ELSE excluded.source END,
    message_sid = CASE WHEN s.lifted_at IS NULL AND excluded.source <> 'keyword' THEN s.message_sid ELSE excluded.message_sid END,
    needs_review = excluded.needs_review AND (s.needs_review OR s.lifted_at IS NOT NULL),
    address = excluded.address, lifted_at = NULL`;

/** Suppresses an address, with its proof. Nothing is sent to it from the commit on. */
export async function suppressAddress(
  tx: Transaction,
  to: SuppressedAddress,
  proof: Proof & { source: SuppressionSource; needsReview: boolean },
): Promise<void> {
  await tx.query(SUPPRESS, [
    to.shopId,
    to.channel,
    to.hash,
    to.address,
    proof.source,
    proof.messageSid,
    proof.needsReview,
    proof.at,
  ]);
  await writeEvent(tx, to, 'suppressed', proof);
}

/** Lifts a suppression, with its proof. False when there is none. */
export async function liftSuppression(
  tx: Transaction,
  to: Omit<SuppressedAddress, 'address'>,
  proof: Proof,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE suppressions SET lifted_at = $4, needs_review = false
      WHERE shop_id = $1 AND channel = $2 AND address_hash = $3 AND lifted_at IS NULL`,
    [to.shopId, to.channel, to.hash, proof.at],
  );
  if (rowCount === 0) return false;
  await writeEvent(tx, to, 'lifted', proof);
  return true;
}

/** Staff read the text, and the suppression stays. False when there is nothing to review. */
export async function confirmSuppression(
  tx: Transaction,
  to: Omit<SuppressedAddress, 'address'>,
  proof: Proof,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE suppressions SET needs_review = false
      WHERE shop_id = $1 AND channel = $2 AND address_hash = $3 AND lifted_at IS NULL AND needs_review`,
    [to.shopId, to.channel, to.hash],
  );
  if (rowCount === 0) return false;
  await writeEvent(tx, to, 'reviewed', proof);
  return true;
}

async function writeEvent(
  tx: Transaction,
  { shopId, channel, hash }: Omit<SuppressedAddress, 'address'>,
  what: 'suppressed' | 'lifted' | 'reviewed',
  { source, rule, wordsVersion, messageSid, actor, at }: Proof,
): Promise<void> {
  await tx.query(
    `INSERT INTO consent_events (shop_id, channel, address_hash, what, source, rule, words_version, message_sid, actor, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [shopId, channel, hash, what, source, rule, wordsVersion, messageSid, actor, at],
  );
}

/** A suppression as staff see it. */
export interface Suppression {
  source: SuppressionSource;
  since: Date;
}

/** Finds the suppression of an address; null for one that may be written to. */
export async function findSuppression(
  db: Queryable,
  shopId: bigint,
  channel: MessageChannel,
  hash: string,
): Promise<Suppression | null> {
  const { rows } = await db.query<Suppression>(
    `SELECT source, since FROM suppressions WHERE shop_id = $1 AND channel = $2 AND address_hash = $3 AND lifted_at IS NULL`,
    [shopId, channel, hash],
  );
  return rows[0] ?? null;
}

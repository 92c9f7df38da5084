/** What staff do on Messages > Opt-outs. */
import { z } from 'zod';
import { pool, withTransaction } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type { FieldErrorCode, FieldErrors } from '#app/lib/field-errors.ts';
import { readPhone } from '#app/lib/phone.ts';
import { loadAddressHash } from './address-hash.server.ts';
import { followConsent } from './follow-consent.server.ts';
import { confirmSuppression, liftSuppression, suppressAddress, type Proof } from './suppress.server.ts';

type Answer = { ok: true } | { ok: false; errors: FieldErrors };

interface OptOutShop {
  shopId: bigint;
  domain: string;
  country: string | null;
}

const text = z.string().max(200).catch('');
const form = z.object({ intent: text, phone: text, hash: text }).catch({ intent: '', phone: '', hash: '' });

/** Adds a number, confirms what a text was taken for, or lets a number be written to again. */
export async function actOnOptOuts(
  shop: OptOutShop,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<Answer> {
  const { intent, phone, hash } = form.parse(values);
  const proof = async (): Promise<Proof & { source: 'staff' }> => ({
    source: 'staff',
    at: new Date(),
    messageSid: null,
    rule: null,
    wordsVersion: null,
    actor: await readActor(),
  });
  if (intent === 'add') return addNumber(shop, phone, proof);
  const to = { shopId: shop.shopId, channel: 'sms' as const, hash };
  if (intent === 'keep') {
    const said = await proof();
    const isDone = await withTransaction((tx) => confirmSuppression(tx, to, said));
    return isDone ? { ok: true } : refuse('form', 'changed_meanwhile');
  }
  return intent === 'allow' ? allowAgain(shop, hash, await proof()) : refuse('form', 'invalid');
}

async function addNumber(
  { shopId, country }: OptOutShop,
  phone: string,
  proof: () => Promise<Proof & { source: 'staff' }>,
): Promise<Answer> {
  if (phone.trim() === '') return refuse('phone', 'required');
  const read = readPhone(phone, [country]);
  if (!read.ok) return refuse('phone', read.reason);
  const said = await proof();
  await withTransaction(async (tx) => {
    const hash = (await loadAddressHash(tx, shopId))('sms', read.phone);
    const to = { shopId, channel: 'sms' as const, hash, address: read.phone };
    await suppressAddress(tx, to, { ...said, needsReview: false });
  });
  return { ok: true };
}

/** A stop word, and what Twilio blocks, only the person can take back: by START. */
async function allowAgain(shop: OptOutShop, hash: string, proof: Proof): Promise<Answer> {
  const { rows } = await pool.query<{ address: string | null; source: string }>(
    `SELECT address, source FROM suppressions WHERE shop_id = $1 AND channel = 'sms' AND address_hash = $2
        AND lifted_at IS NULL AND source IN ('staff', 'free_text')`,
    [shop.shopId, hash],
  );
  const [found] = rows;
  if (!found) return refuse('form', 'changed_meanwhile');
  if (found.source === 'free_text' && found.address !== null) {
    try {
      // First at Shopify: once the suppression is lifted there is no button to try again with.
      const said = { shop, address: found.address, state: 'subscribed' as const, at: proof.at };
      await followConsent({ ...said, onlyByText: true });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return refuse('form', 'not_saved');
    }
  }
  const to = { shopId: shop.shopId, channel: 'sms' as const, hash };
  const isLifted = await withTransaction((tx) => liftSuppression(tx, to, proof));
  return isLifted ? { ok: true } : refuse('form', 'changed_meanwhile');
}

const refuse = (field: string, code: FieldErrorCode): Answer => ({
  ok: false,
  errors: { [field]: { code } },
});

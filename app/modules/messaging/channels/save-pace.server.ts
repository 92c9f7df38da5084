/** The pace of one sender, as the merchant has it from Twilio. */
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { listSenders, storePace, type Channel } from './channel-rows.server.ts';
import { paceLimit, senderTraits } from './rules/sender-traits.ts';

const form = (max: number) =>
  z.object({
    perSecond: z
      .string()
      .trim()
      .regex(/^\d{1,4}$/, 'not_a_number')
      .transform(Number)
      .refine((value) => value >= 1, 'too_small')
      .refine((value) => value <= max, `too_large:${max}`),
  });

/** Saves the pace that `values` name for a sender of the channel. That of its kind is no setting: it follows Twilio's. */
export async function savePace(
  channel: Channel,
  values: Record<string, unknown>,
): Promise<{ ok: true } | { ok: false; errors: FieldErrors }> {
  const { shopId, channelId, account } = channel;
  const senders = await listSenders(pool, shopId, channelId);
  const sender = senders.find(({ address }) => address === values['address']);
  if (!sender) return { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
  const parsed = form(paceLimit({ account, ...sender })).safeParse(values);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  const { perSecond } = parsed.data;
  const isSet = perSecond !== senderTraits(sender.address, sender.kind).perSecond;
  await storePace(pool, channel, { address: sender.address, perSecond, isSet });
  return { ok: true };
}

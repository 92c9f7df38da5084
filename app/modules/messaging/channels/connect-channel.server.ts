/** Connects a shop with an account of Twilio's: its own, or a subaccount of the operator's. */
import { z } from 'zod';
import { pool, withTransaction } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { fieldErrors, type FieldErrorCode, type FieldErrors } from '#app/lib/field-errors.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { inboundAddress } from './callback-addresses.server.ts';
import {
  credentialsOf,
  findSmsChannel,
  reserveChannelId,
  storeChannel,
  type Channel,
  type NewChannel,
} from './channel-rows.server.ts';
import { hasPlatformAccount, platformCredentials } from './platform-account.server.ts';
import { isSenderName } from './rules/sender-traits.ts';
import { whyRefused, type ServiceProblem } from './service-problem.server.ts';

export type Connected = { ok: true } | { ok: false; errors: FieldErrors };

/** Twilio's are 32 characters; more is no token. */
const TOKEN_CHARACTERS_MAX = 200;
const sid = (start: string) =>
  z
    .string()
    .trim()
    .regex(new RegExp(`^${start}[0-9a-fA-F]{32}$`), 'not_a_sid');

const ownForm = z.object({
  account: z.literal('own'),
  accountSid: sid('AC'),
  authToken: z.string().trim().max(TOKEN_CHARACTERS_MAX, 'too_long'),
  serviceSid: sid('MG'),
});
const platformForm = z.object({
  account: z.literal('platform'),
  senderName: z.string().trim().refine(isSenderName, 'not_a_sender_name'),
});
const form = z.discriminatedUnion('account', [ownForm, platformForm]);

/**
 * Saves the form of the settings: the account's service is read before anything is stored. A token that is left empty
 * stays, as long as the account does.
 */
export async function connectChannel(
  shop: { shopId: bigint; name: string | null; domain: string },
  input: unknown,
  actor: string,
): Promise<Connected> {
  const parsed = form.safeParse(input);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  try {
    if (parsed.data.account === 'own') return await connectOwn(shop.shopId, parsed.data, actor);
    if (!hasPlatformAccount()) return refuse('account', 'invalid');
    return await connectPlatform(shop, parsed.data.senderName, actor);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return refuseAs(await whyRefused(error));
  }
}

async function connectOwn(
  shopId: bigint,
  { accountSid, authToken, serviceSid }: z.infer<typeof ownForm>,
  actor: string,
): Promise<Connected> {
  const known = await findSmsChannel(pool, shopId);
  const token = authToken === '' ? knownToken(known, accountSid) : authToken;
  if (token === null) return refuse('authToken', 'required');
  const credentials = { accountSid, authToken: token };
  const { readTwilioService } = await import('#app/integrations/twilio/services.server.ts');
  const service = await readTwilioService(credentials, serviceSid);
  const channelId = await reserveChannelId(pool, shopId);
  await store({ shopId, channelId, account: 'own', credentials, service, actor });
  return { ok: true };
}

function knownToken(known: Channel | null, accountSid: string): string | null {
  return known?.account === 'own' && known.accountSid === accountSid ? credentialsOf(known).authToken : null;
}

/** A subaccount and a service of the shop's own: one shop's STOP must not silence another. Each step finds what is there. */
async function connectPlatform(
  shop: { shopId: bigint; name: string | null; domain: string },
  senderName: string,
  actor: string,
): Promise<Connected> {
  const { shopId, domain } = shop;
  const twilio = await import('#app/integrations/twilio/services.server.ts');
  const channelId = await reserveChannelId(pool, shopId);
  const credentials = await twilio.findOrCreateSubaccount(platformCredentials(), domain);
  const inboundUrl = inboundAddress(shopId, channelId);
  const { sid: serviceSid } = await twilio.findOrCreateTwilioService(credentials, {
    name: domain,
    inboundUrl,
  });
  await twilio.setUpTwilioService(credentials, serviceSid, inboundUrl);
  await twilio.setAlphaSender(credentials, serviceSid, senderName);
  const service = await twilio.readTwilioService(credentials, serviceSid);
  await store({ shopId, channelId, account: 'platform', credentials, service, actor });
  return { ok: true };
}

/** What waited for an account that works is sent. */
async function store(channel: NewChannel): Promise<void> {
  await withTransaction(async (tx) => {
    await storeChannel(tx, channel);
    await wakeTask(tx, 'send-messages');
  });
}

/** The field that each problem belongs to. */
const FIELDS: Record<ServiceProblem, { field: string; code: FieldErrorCode }> = {
  credentials: { field: 'authToken', code: 'twilio_credentials' },
  no_service: { field: 'serviceSid', code: 'twilio_no_service' },
  refused: { field: 'form', code: 'twilio_refused' },
  unreachable: { field: 'form', code: 'twilio_unreachable' },
};

function refuseAs(problem: ServiceProblem): Connected {
  const { field, code } = FIELDS[problem];
  return refuse(field, code);
}

const refuse = (field: string, code: FieldErrorCode): Connected => ({
  ok: false,
  errors: { [field]: { code } },
});

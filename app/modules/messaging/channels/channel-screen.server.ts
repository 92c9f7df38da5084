/** Settings > Messaging: what the shop sends with, and whether it works. */
import { pool, withTransaction } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { inboundAddress } from './callback-addresses.server.ts';
import {
  credentialsOf,
  deleteChannel,
  findSmsChannel,
  listSenders,
  resumeChannel,
  resumeSender,
  storeProblem,
  storeService,
  type Channel,
} from './channel-rows.server.ts';
import { connectChannel } from './connect-channel.server.ts';
import { hasPlatformAccount } from './platform-account.server.ts';
import { accountProblemOf } from './rules/account-problem.ts';
import { paceLimit, senderTraits } from './rules/sender-traits.ts';
import { savePace } from './save-pace.server.ts';
import { SERVICE_PROBLEMS, whyRefused } from './service-problem.server.ts';

type Answer = { ok: true } | { ok: false; errors: FieldErrors };

/** Reads the screen; no secret is in it. */
export async function readChannelScreen(shopId: bigint) {
  const channel = await findSmsChannel(pool, shopId);
  return {
    hasPlatform: hasPlatformAccount(),
    channel: channel && {
      account: channel.account,
      accountSid: channel.accountSid,
      serviceSid: channel.serviceSid,
      serviceName: channel.serviceName,
      testedAt: channel.testedAt,
      problem: SERVICE_PROBLEMS.find((each) => each === channel.problem) ?? null,
      /** Why nothing is sent; null while it may. */
      pause: accountProblemOf(channel.account, channel.pauseCode),
      pausedAt: channel.pausedAt,
      isInboundOurs:
        channel.inboundUrl === inboundAddress(shopId, channel.channelId) && !channel.usesNumbersInbound,
      isTextUnchanged: !channel.smartEncoding,
      inboundAddress: inboundAddress(shopId, channel.channelId),
      senders: (await listSenders(pool, shopId, channel.channelId)).map((sender) => ({
        ...sender,
        perSecondDefault: senderTraits(sender.address, sender.kind).perSecond,
        perSecondMax: paceLimit({ account: channel.account, ...sender }),
      })),
    },
  };
}

export type ChannelScreenView = Awaited<ReturnType<typeof readChannelScreen>>;

/** Does what the screen asks for; without an intent it is the form. */
export async function actOnChannel(
  shop: { shopId: bigint; name: string | null; domain: string },
  { intent, ...values }: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<Answer> {
  if (intent === undefined) return connectChannel(shop, values, await readActor());
  if (intent === 'disconnect') {
    await withTransaction((tx) => deleteChannel(tx, shop.shopId));
    return { ok: true };
  }
  const channel = await findSmsChannel(pool, shop.shopId);
  if (channel && intent === 'pace') return savePace(channel, values);
  if (channel && (intent === 'resume' || intent === 'resume_sender'))
    return resume(channel, intent === 'resume' ? null : String(values['address']));
  if (!channel || (intent !== 'test' && intent !== 'set_up'))
    return { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
  await readService(channel, intent === 'set_up');
  return { ok: true };
}

/** Sends again with the account, or to the US from one sender. What still isn't mended stops again with its first message. */
async function resume(channel: Channel, address: string | null): Promise<Answer> {
  if (address === null) await resumeChannel(pool, channel);
  else if (!(await resumeSender(pool, channel, address)))
    return { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
  await wakeTask(pool, 'send-messages');
  return { ok: true };
}

/** Reads the service, after setting it up if asked to. What goes wrong is stored and shown with the service. */
async function readService(channel: Channel, isSetUp: boolean): Promise<void> {
  const credentials = credentialsOf(channel);
  const twilio = await import('#app/integrations/twilio/services.server.ts');
  try {
    if (isSetUp)
      await twilio.setUpTwilioService(
        credentials,
        channel.serviceSid,
        inboundAddress(channel.shopId, channel.channelId),
      );
    const service = await twilio.readTwilioService(credentials, channel.serviceSid);
    await withTransaction(async (tx) => {
      await storeService(tx, channel, service);
      await wakeTask(tx, 'send-messages');
    });
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await storeProblem(pool, channel, await whyRefused(error));
  }
}

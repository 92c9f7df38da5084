/** What keeps the shop's messages from being sent until a person mends it. */
import { pool } from '#app/db.server.ts';
import { findSmsChannel, listSenders } from './channel-rows.server.ts';
import { accountProblemOf, type AccountProblem } from './rules/account-problem.ts';

export interface SendingTrouble {
  /** Why nothing is sent at all; null while it may. */
  pause: AccountProblem | null;
  /** Senders that wait with messages to the US, and the error of Twilio's for which they do. */
  unregistered: { address: string; code: number }[];
}

/** Reads it; null when there is none. */
export async function readSendingTrouble(shopId: bigint): Promise<SendingTrouble | null> {
  const channel = await findSmsChannel(pool, shopId);
  if (!channel) return null;
  const pause = accountProblemOf(channel.account, channel.pauseCode);
  const unregistered = (await listSenders(pool, shopId, channel.channelId)).flatMap(
    ({ address, unregisteredCode }) =>
      unregisteredCode === null ? [] : [{ address, code: unregisteredCode }],
  );
  return pause === null && unregistered.length === 0 ? null : { pause, unregistered };
}

/** The channel of a shop: whose account sends its messages. */
import type { Queryable } from '#app/db.server.ts';
import type { TwilioCredentials } from '#app/integrations/twilio/client.server.ts';
import type { TwilioService } from '#app/integrations/twilio/services.server.ts';
import { countryOfPhone } from '#app/lib/phone.ts';
import { senderTraits } from './rules/sender-traits.ts';
import { openSecret, sealSecret } from './token-cipher.server.ts';

/** `platform`: a subaccount of the operator's, paid from the wallet. `own`: the shop pays Twilio. */
export type ChannelAccount = 'own' | 'platform';

export interface Channel {
  shopId: bigint;
  channelId: bigint;
  account: ChannelAccount;
  accountSid: string;
  tokenCipher: string;
  formerTokenCipher: string | null;
  formerTokenUntil: Date | null;
  serviceSid: string;
  serviceName: string;
  inboundUrl: string | null;
  usesNumbersInbound: boolean;
  smartEncoding: boolean;
  testedAt: Date;
  /** What went wrong when the service was last read; null when it was read. */
  problem: string | null;
  /** Nothing is sent since then; null while it may. */
  pausedAt: Date | null;
  /** The error of Twilio's for which it is paused. */
  pauseCode: number | null;
}

export interface Sender {
  address: string;
  kind: 'number' | 'name';
  country: string | null;
  replies: boolean;
  perSecond: number;
  /** The merchant set the pace; else it is that of its kind. */
  isPaceSet: boolean;
  /** Its queue at Twilio is full: it rests until then; null when it doesn't. */
  fullUntil: Date | null;
  /** The error of Twilio's for which nothing to the US leaves it; null when it may. */
  unregisteredCode: number | null;
}

const COLUMNS = `shop_id AS "shopId", channel_id AS "channelId", account, account_sid AS "accountSid", token_cipher AS "tokenCipher",
  former_token_cipher AS "formerTokenCipher", former_token_until AS "formerTokenUntil", service_sid AS "serviceSid",
  service_name AS "serviceName", inbound_url AS "inboundUrl", uses_numbers_inbound AS "usesNumbersInbound",
  smart_encoding AS "smartEncoding", tested_at AS "testedAt", problem, paused_at AS "pausedAt", pause_code AS "pauseCode"`;

/** Finds the channel that sends the shop's SMS; null without one. */
export async function findSmsChannel(db: Queryable, shopId: bigint): Promise<Channel | null> {
  const { rows } = await db.query<Channel>(
    `SELECT ${COLUMNS} FROM channels WHERE shop_id = $1 AND kind = 'sms'`,
    [shopId],
  );
  return rows[0] ?? null;
}

/** Finds a channel by its id; null for one that was disconnected. */
export async function findChannel(db: Queryable, shopId: bigint, channelId: bigint): Promise<Channel | null> {
  const { rows } = await db.query<Channel>(
    `SELECT ${COLUMNS} FROM channels WHERE shop_id = $1 AND channel_id = $2`,
    [shopId, channelId],
  );
  return rows[0] ?? null;
}

export async function listSenders(db: Queryable, shopId: bigint, channelId: bigint): Promise<Sender[]> {
  const { rows } = await db.query<Sender>(
    `SELECT address, kind, country, replies, per_second AS "perSecond", is_pace_set AS "isPaceSet",
       CASE WHEN full_until > clock_timestamp() THEN full_until END AS "fullUntil", unregistered_code AS "unregisteredCode" FROM senders
      WHERE shop_id = $1 AND channel_id = $2 ORDER BY kind DESC, address`,
    [shopId, channelId],
  );
  return rows;
}

/** What opens the channel's account. @throws AppError when its key isn't configured */
export function credentialsOf(channel: Channel): TwilioCredentials {
  return { accountSid: channel.accountSid, authToken: openSecret(channel.shopId, channel.tokenCipher) };
}

/** The id of the shop's channel, reserved for it if there is none: its addresses contain it before it is stored. */
export async function reserveChannelId(db: Queryable, shopId: bigint): Promise<bigint> {
  const known = await findSmsChannel(db, shopId);
  if (known) return known.channelId;
  const { rows } = await db.query<{ id: bigint }>(
    `SELECT nextval(pg_get_serial_sequence('channels', 'channel_id')) AS id`,
  );
  return rows[0]?.id ?? 0n;
}

export interface NewChannel {
  shopId: bigint;
  channelId: bigint;
  account: ChannelAccount;
  credentials: TwilioCredentials;
  service: TwilioService;
  actor: string;
}

/** What was called before says nothing of the account as it is now. */
const RESUMED = `pause_code = NULL, paused_at = NULL, resumed_at = clock_timestamp()`;

/** Requests on their way are signed with the token before: it is accepted for a day. */
const STORE = `
  INSERT INTO channels AS c (shop_id, channel_id, kind, account, account_sid, token_cipher, service_sid, service_name, inbound_url,
    uses_numbers_inbound, smart_encoding, changed_by)
  VALUES ($1, $2, 'sms', $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT (shop_id, kind) DO UPDATE SET account = excluded.account, account_sid = excluded.account_sid,
    former_token_cipher = c.token_cipher, former_token_until = clock_timestamp() + interval '1 day',
    token_cipher = excluded.token_cipher, service_sid = excluded.service_sid, service_name = excluded.service_name,
    inbound_url = excluded.inbound_url, uses_numbers_inbound = excluded.uses_numbers_inbound,
    smart_encoding = excluded.smart_encoding, tested_at = clock_timestamp(), problem = NULL, changed_by = excluded.changed_by,
    updated_at = clock_timestamp(), ${RESUMED}
  RETURNING channel_id AS "channelId"`;

/** Stores the shop's channel and its senders, in a transaction. Returns its id, which stays when it is connected again. */
export async function storeChannel(tx: Queryable, channel: NewChannel): Promise<bigint> {
  const { shopId, account, credentials, service, actor } = channel;
  const { rows } = await tx.query<{ channelId: bigint }>(STORE, [
    shopId,
    channel.channelId,
    account,
    credentials.accountSid,
    sealSecret(shopId, credentials.authToken),
    service.sid,
    service.name,
    service.inboundUrl,
    service.usesNumbersInbound,
    service.smartEncoding,
    actor,
  ]);
  const channelId = rows[0]?.channelId ?? channel.channelId;
  await storeSenders(tx, shopId, channelId, service);
  return channelId;
}

/** Stores what the service says of itself now. */
export async function storeService(tx: Queryable, channel: Channel, service: TwilioService): Promise<void> {
  await tx.query(
    `UPDATE channels SET service_name = $3, inbound_url = $4, uses_numbers_inbound = $5, smart_encoding = $6,
       tested_at = clock_timestamp(), problem = NULL, ${RESUMED} WHERE shop_id = $1 AND channel_id = $2`,
    [
      channel.shopId,
      channel.channelId,
      service.name,
      service.inboundUrl,
      service.usesNumbersInbound,
      service.smartEncoding,
    ],
  );
  await storeSenders(tx, channel.shopId, channel.channelId, service);
}

async function storeSenders(
  tx: Queryable,
  shopId: bigint,
  channelId: bigint,
  { senders }: TwilioService,
): Promise<void> {
  await tx.query(
    'DELETE FROM senders WHERE shop_id = $1 AND channel_id = $2 AND NOT (address = ANY($3::text[]))',
    [shopId, channelId, senders.map(({ address }) => address)],
  );
  const traits = senders.map(({ address, kind }) => senderTraits(address, kind));
  await tx.query(
    `INSERT INTO senders (shop_id, channel_id, address, kind, country, replies, per_second)
     SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[], $6::bool[], $7::int[])
     ON CONFLICT (shop_id, channel_id, address) DO UPDATE SET kind = excluded.kind, country = excluded.country,
       replies = excluded.replies, per_second = CASE WHEN senders.is_pace_set THEN senders.per_second ELSE excluded.per_second END`,
    [
      shopId,
      channelId,
      senders.map(({ address }) => address),
      senders.map(({ kind }) => kind),
      senders.map(({ address, kind }) => (kind === 'name' ? null : countryOfPhone(address))),
      traits.map(({ replies }) => replies),
      traits.map(({ perSecond }) => perSecond),
    ],
  );
}

/** Stores the pace of a sender, in a transaction or alone; what is claimed from now on keeps it. */
export async function storePace(
  db: Queryable,
  { shopId, channelId }: Channel,
  { address, perSecond, isSet }: { address: string; perSecond: number; isSet: boolean },
): Promise<void> {
  await db.query(
    `UPDATE senders SET per_second = $4, is_pace_set = $5 WHERE shop_id = $1 AND channel_id = $2 AND address = $3`,
    [shopId, channelId, address, perSecond, isSet],
  );
}

/** Sends again with an account that was paused. */
export async function resumeChannel(db: Queryable, { shopId, channelId }: Channel): Promise<void> {
  await db.query(`UPDATE channels SET ${RESUMED} WHERE shop_id = $1 AND channel_id = $2`, [
    shopId,
    channelId,
  ]);
}

/** Sends to the US again from a sender. Returns whether there is such a sender that waited. */
export async function resumeSender(
  db: Queryable,
  { shopId, channelId }: Channel,
  address: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE senders SET unregistered_code = NULL, resumed_at = clock_timestamp()
      WHERE shop_id = $1 AND channel_id = $2 AND address = $3 AND unregistered_code IS NOT NULL`,
    [shopId, channelId, address],
  );
  return rowCount === 1;
}

/** Stores why the service couldn't be read. */
export async function storeProblem(db: Queryable, channel: Channel, problem: string): Promise<void> {
  await db.query(
    `UPDATE channels SET problem = $3, tested_at = clock_timestamp() WHERE shop_id = $1 AND channel_id = $2`,
    [channel.shopId, channel.channelId, problem],
  );
}

/** Disconnects the channel: nothing is sent with it, and what Twilio still says of it is refused. */
export async function deleteChannel(tx: Queryable, shopId: bigint): Promise<void> {
  await tx.query('DELETE FROM senders WHERE shop_id = $1', [shopId]);
  await tx.query(`DELETE FROM channels WHERE shop_id = $1 AND kind = 'sms'`, [shopId]);
}

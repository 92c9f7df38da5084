/**
 * `node bench/run-messaging.ts <send|bare|pace|history|channel>`: the paths of messages in a process of their own. Prints
 * what it measured as JSON. Twilio is the sandbox of the process that starts it.
 */
import pMap from 'p-map';
import { pool, withTransaction } from '#app/db.server.ts';
import { createTwilioMessage } from '#app/integrations/twilio/messages.server.ts';
import {
  findSmsChannel,
  credentialsOf,
  storeChannel,
} from '#app/modules/messaging/channels/channel-rows.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import {
  EVERY_MESSAGE,
  listSentMessages,
  type SentFilter,
} from '#app/modules/messaging/history/list-messages.queries.server.ts';
import { MERCHANT_ACCOUNT } from '#sandbox/twilio/seed.ts';
import { percentile } from './lib/measure.ts';
import { SHOP_ID } from './lib/shop-rows.ts';

const shopId = BigInt(SHOP_ID);
const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 10_000);
/** Calls that our worker has open at once. */
const AT_ONCE = 20;
const PACE = 50;
const PACE_SECONDS = 5;
const READS = 60;

async function connect(perSecond: number): Promise<void> {
  await withTransaction((tx) =>
    storeChannel(tx, {
      shopId,
      channelId: 1n,
      account: 'own',
      credentials: { accountSid: MERCHANT_ACCOUNT.sid, authToken: MERCHANT_ACCOUNT.authToken },
      service: {
        sid: MERCHANT_ACCOUNT.serviceSid,
        name: 'Bench',
        inboundUrl: null,
        usesNumbersInbound: false,
        smartEncoding: false,
        stickySender: true,
        senders: [{ address: '+14155550172', kind: 'number' }],
      },
      actor: 'staff:1',
    }),
  );
  await pool.query('UPDATE senders SET per_second = $1', [perSecond]);
}

async function queue(count: number): Promise<void> {
  const { rows } = await pool.query<{ id: bigint }>(
    `INSERT INTO campaigns (shop_id, name, state, audience, language, text, created_by, started_at)
     VALUES ($1, 'Bench', 'running', '{"filter": ""}', 'en', 'Hello', 'staff:1', now()) RETURNING campaign_id AS id`,
    [shopId],
  );
  await pool.query(
    `INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, to_address, address_hash, body, parts, state,
       expires_at, actor)
     SELECT $1::bigint, 'bench:' || $2::bigint || ':' || n, $2, n, 1, '+1415' || (5600000 + n), 'hash' || n, 'Hello ' || n, 1, 'queued',
       now() + interval '2 days', 'staff:1' FROM generate_series(1, $3::int) n`,
    [shopId, rows[0]?.id, count],
  );
  await pool.query('ANALYZE messages');
}

async function send(perSecond: number, count: number) {
  await connect(perSecond);
  await queue(count);
  const start = performance.now();
  while ((await left()) > 0) await sendMessages();
  return { ms: performance.now() - start, count, maxMb: process.resourceUsage().maxRSS / 1_024 };
}

async function left(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM messages WHERE state IN ('queued', 'sending')`,
  );
  return rows[0]?.n ?? 0;
}

/** What anyone would write who wants nothing but the calls. */
async function bare() {
  await connect(1);
  const channel = await findSmsChannel(pool, shopId);
  if (!channel) throw new Error('no channel');
  const credentials = credentialsOf(channel);
  const start = performance.now();
  await pMap(
    Array.from({ length: MESSAGES }, (_, n) => n),
    async (n) => {
      const outcome = await createTwilioMessage(credentials, {
        to: `+1415${5_600_000 + n}`,
        body: `Hello ${n}`,
        messagingServiceSid: channel.serviceSid,
        from: null,
        statusCallback: `http://127.0.0.1:9/twilio/status/1/1?m=${n}`,
        validitySeconds: 3_600,
      });
      if (outcome.is !== 'accepted') throw new Error(outcome.is);
    },
    { concurrency: AT_ONCE },
  );
  return { ms: performance.now() - start, count: MESSAGES, maxMb: process.resourceUsage().maxRSS / 1_024 };
}

/** The first page, pages far behind, and each filter. */
async function history() {
  const filters: Record<string, Partial<SentFilter>> = {
    newest: {},
    'a customer': { customerIds: [777n] },
    'a number': { addressHash: 'hash777' },
    'a campaign': { campaignId: 1n },
    'not delivered': { states: ['undelivered', 'failed', 'refused', 'expired'] },
    'a campaign, not delivered': {
      campaignId: 1n,
      states: ['undelivered', 'failed', 'refused', 'expired'],
    },
    'a day': { from: new Date('2026-03-01T00:00:00Z'), until: new Date('2026-03-02T00:00:00Z') },
  };
  const result: Record<string, number> = {};
  for (const [name, filter] of Object.entries(filters)) {
    const times: number[] = [];
    let cursor: { side: 'after'; position: string } | null = null;
    for (let read = 0; read < READS; read += 1) {
      const start = performance.now();
      const page = await listSentMessages(shopId, { ...EVERY_MESSAGE, ...filter }, cursor);
      times.push(performance.now() - start);
      if (page.messages.length === 0) throw new Error(`nothing was found: ${name}`);
      cursor = page.after === null ? null : { side: 'after', position: page.after };
    }
    result[name] = percentile(times, 0.95);
  }
  return result;
}

const RUNS: Record<string, () => Promise<unknown>> = {
  send: () => send(1_000_000, MESSAGES),
  bare,
  pace: () => send(PACE, PACE * PACE_SECONDS),
  history,
  channel: () => connect(1),
};

const [, , name = ''] = process.argv;
process.stdout.write(JSON.stringify((await RUNS[name]?.()) ?? null));
await pool.end();
process.exit();

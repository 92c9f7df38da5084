import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/main.ts';
import { MERCHANT_ACCOUNT, PLATFORM_ACCOUNT } from '../sandbox/twilio/seed.ts';
import { workerFlags } from '../scripts/lib/worker-flags.ts';
import { prepare } from '../scripts/prepare.ts';
import { DEMO_APP } from '../scripts/services.ts';
import { startServer } from './lib/app-process.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { load, type WireRequest } from './lib/load.ts';
import { alternate, medianOf } from './lib/measure.ts';
import { SHOP_ID } from './lib/shop-rows.ts';
import { runScript, withShop } from './lib/with-shop.ts';

const BENCH = 'messaging';
const SCRIPT = 'run-messaging.ts';
const ROUNDS = Number(process.env.BENCH_RUNS ?? 3);
const HISTORY = Number(process.env.BENCH_HISTORY ?? 1_000_000);
const RECIPIENTS = Number(process.env.BENCH_RECIPIENTS ?? 100_000);
const PACE = 50;
const WINDOW_MS = 1_000;
const CONNECTIONS = 16;
const SECONDS = 5;
/** Statuses would come long after the bench. */
const NEVER_MS = 100_000_000;

/** Recipients worked out and their money reserved, sending beside a bare loop, its pace, receipts taken by one web process, and the history of a shop with many messages. */
export async function benchMessaging(run: BenchRun): Promise<Figure[]> {
  return [
    ...(await benchFreezing(run)),
    ...(await benchSending(run)),
    ...(await benchReceipts(run)),
    ...(await benchHistory(run)),
  ];
}

const frozenSchema = z.object({
  planMs: z.number(),
  freezeMs: z.number(),
  reserveMs: z.number(),
  recipients: z.number(),
  maxMb: z.number(),
});

async function benchFreezing(run: BenchRun): Promise<Figure[]> {
  const once = (recipients: number) => () =>
    withShop(run, async ({ url }) =>
      frozenSchema.parse(
        JSON.parse(
          await runScript('run-freeze.ts', url, {
            args: [String(recipients)],
            env: { LOG_LEVEL: 'error' },
            nodeFlags: workerFlags(),
          }),
        ),
      ),
    );
  const results = await alternate(ROUNDS, { all: once(RECIPIENTS), tenth: once(RECIPIENTS / 10) });
  const seconds = (read: (frozen: z.output<typeof frozenSchema>) => number) =>
    medianOf(results, 'all', (frozen) => read(frozen) / 1_000);
  const count = RECIPIENTS.toLocaleString('en');
  const what = (name: string, unit: string, target?: string) => ({
    bench: BENCH,
    figure: name,
    unit,
    ...(target === undefined ? {} : { target }),
  });
  return [
    figure(
      what(`${count} recipients frozen, encoded, priced and reserved`, 's', '< 10 s'),
      seconds(({ freezeMs, reserveMs }) => freezeMs + reserveMs),
    ),
    figure(
      what('of it reading, encoding and pricing', 's'),
      seconds(({ planMs }) => planMs),
    ),
    figure(
      what('of it listing the audience and storing messages', 's'),
      seconds(({ freezeMs, planMs }) => freezeMs - planMs),
    ),
    figure(
      what('of it reserving', 's'),
      seconds(({ reserveMs }) => reserveMs),
    ),
    figure(
      what(`memory of freezing ${count}`, 'MB', 'ratio <= 1.2'),
      medianOf(results, 'all', ({ maxMb }) => maxMb),
      { value: medianOf(results, 'tenth', ({ maxMb }) => maxMb), name: 'a tenth of them' },
    ),
  ];
}

const sentSchema = z.object({ ms: z.number(), count: z.number(), maxMb: z.number() });

async function benchSending(run: BenchRun): Promise<Figure[]> {
  const once = (way: string) => () => withTwilio(run, way, () => null);
  const results = await alternate(ROUNDS, { ours: once('send'), bare: once('bare') });
  const rate = (way: 'ours' | 'bare') =>
    medianOf(results, way, ({ done: { ms, count } }) => (count / ms) * 1_000);
  const { result: most } = await withTwilio(run, 'pace', mostInAWindow);
  return [
    figure(
      { bench: BENCH, figure: 'messages sent, 20 calls at once', unit: 'messages/s', target: 'ratio >= 0.8' },
      rate('ours'),
      { value: rate('bare'), name: 'bare loop with the same client' },
    ),
    figure(
      {
        bench: BENCH,
        figure: `most in a second at a pace of ${PACE}`,
        unit: 'parts',
        // The burst of the first second comes to it.
        target: `<= ${2 * PACE}`,
      },
      most,
    ),
  ];
}

/** The most messages that Twilio got within any second. */
function mostInAWindow(sandbox: Sandbox): number {
  const times = sandbox.world.twilio.messages.map(({ createdAt }) => Date.parse(createdAt));
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + WINDOW_MS).length));
}

async function withTwilio<T>(run: BenchRun, way: string, read: (sandbox: Sandbox) => T) {
  return withShop(run, async ({ url }) => {
    const { apiKey, apiSecret } = DEMO_APP;
    const sandbox = await startSandbox({
      port: 0,
      appUrl: 'http://127.0.0.1:9',
      apiKey,
      apiSecret,
      twilioStepMs: NEVER_MS,
    });
    try {
      const env = {
        TWILIO_BASE_URL: sandbox.origin,
        TWILIO_ACCOUNT_SID: PLATFORM_ACCOUNT.sid,
        TWILIO_AUTH_TOKEN: PLATFORM_ACCOUNT.authToken,
        LOG_LEVEL: 'error',
      };
      const done = sentSchema.parse(
        JSON.parse(await runScript(SCRIPT, url, { args: [way], env, nodeFlags: workerFlags() })),
      );
      run.tell(`  ${way}: ${Math.round((done.count / done.ms) * 1_000)}/s`);
      return { done, result: read(sandbox) };
    } finally {
      await sandbox.close();
    }
  });
}

async function benchReceipts(run: BenchRun): Promise<Figure[]> {
  await prepare({ build: true });
  return withShop(run, async ({ url }) => {
    await runScript(SCRIPT, url, { args: ['channel'] });
    const server = await startServer(run, {
      name: 'web',
      file: 'server.ts',
      databaseUrl: url,
      readyPath: '/healthz',
    });
    try {
      const next = makeReceipts(server.port);
      const result = await load({
        port: server.port,
        connections: CONNECTIONS,
        warmUpSeconds: 2,
        seconds: SECONDS,
        next,
      });
      const refused = [...result.statuses].filter(([status]) => status !== 204);
      if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused)}`);
      return [
        figure(
          {
            bench: BENCH,
            figure: 'receipts taken by one web process',
            unit: 'requests/s',
            target: '>= 1500',
          },
          result.perSecond,
        ),
        figure({ bench: BENCH, figure: 'p99 of a receipt', unit: 'ms' }, result.p99Ms),
      ];
    } finally {
      await server.stop();
    }
  });
}

const HEX = 16;

/** Receipts as Twilio signs and sends them, each of a message of its own. */
function makeReceipts(port: number): () => WireRequest {
  let count = 0;
  return () => {
    count += 1;
    const path = `/twilio/status/${SHOP_ID}/1?m=${count}`;
    const parameters: [string, string][] = [
      ['AccountSid', MERCHANT_ACCOUNT.sid],
      ['From', '+14155550172'],
      ['MessageSid', `SM${count.toString(HEX).padStart(32, '0')}`],
      ['MessageStatus', 'delivered'],
      ['To', '+14155550199'],
    ];
    const signed = `http://127.0.0.1:${port}${path}${parameters.flat().join('')}`;
    const signature = createHmac('sha1', MERCHANT_ACCOUNT.authToken).update(signed).digest('base64');
    const body = Buffer.from(new URLSearchParams(parameters).toString());
    return {
      head: [
        `POST ${path} HTTP/1.1`,
        'host: 127.0.0.1',
        'content-type: application/x-www-form-urlencoded',
        `content-length: ${body.length}`,
        `x-twilio-signature: ${signature}`,
        '',
        '',
      ].join('\r\n'),
      body,
    };
  };
}

const FILL_HISTORY = `
  INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, to_address, address_hash, country, body, parts,
    price_micros, charged_micros, settled_at, state, error_code, actor, created_at, finished_at)
  SELECT $1, 'bench:' || n, 1 + n / 100000, n % 100000, 1, '+628' || (11000000 + n % 100000), 'hash' || n % 100000, 'ID',
    'Halo Siti, poin Anda 1.250. Tukar akhir pekan ini di Toko Setia!', 1, 45000, 45000, '2026-01-02',
    CASE WHEN n % 50 = 0 THEN 'undelivered' ELSE 'delivered' END, CASE WHEN n % 50 = 0 THEN 30003 END, 'staff:1',
    '2026-01-01'::timestamptz + n * (interval '300 days' / $2::int), '2026-01-02'
  FROM generate_series(1, $2::int) n`;

async function benchHistory(run: BenchRun): Promise<Figure[]> {
  return withShop(
    run,
    async ({ url }) => {
      const p95 = z.record(z.string(), z.number());
      const read = p95.parse(JSON.parse(await runScript(SCRIPT, url, { args: ['history'] })));
      return Object.entries(read).map(([name, value]) =>
        figure(
          {
            bench: BENCH,
            figure: `history of ${HISTORY.toLocaleString('en')} messages, p95: ${name}`,
            unit: 'ms',
            target: '< 150 ms',
          },
          value,
        ),
      );
    },
    async (client) => {
      await client.query(
        `INSERT INTO campaigns (shop_id, name, audience, language, text, created_by)
         SELECT $1, 'Promo ' || n, '{}', 'id', 'Halo', 'staff:1' FROM generate_series(1, 200) n`,
        [SHOP_ID],
      );
      await client.query(FILL_HISTORY, [SHOP_ID, HISTORY]);
    },
  );
}

/**
 * A campaign goes out in real processes while worker, web and database are killed at random, calls to Twilio are lost or
 * fail after they were accepted, and receipts are lost, doubled, late and in any order. Each recipient has exactly one
 * message at Twilio, the wallet adds up to the micro, and the campaign has finished and is settled.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest';
import { openClub, submitAdminForm } from '../../scripts/lib/shop-visit.ts';
import { startApp, type TestApp } from '#test/support/app.ts';
import { expectCleanAudit, queryRows, waitUntil } from '#test/support/figures.ts';
import { seededRandom, type Random } from '#test/support/random.ts';

const SHOP = 'setia-demo.myshopify.com';
const OTHER = 'setia-usd.myshopify.com';
const RECIPIENTS = Number(process.env.CAMPAIGN_RECIPIENTS ?? 1_500);
const VICTIMS = ['worker', 'web', 'database'] as const;
type Victim = (typeof VICTIMS)[number];
const PRICE = 7_901n;
const UNTIL_MS = 300_000;
const random = seededRandom('campaign-killed');

let app: TestApp;

beforeAll(async () => {
  // Twilio's phones have received at once; its senders have no pace of their own.
  process.env.SANDBOX_TWILIO_STEP_MS = '0';
  app = await startApp({ ownPostgres: true, env: { TWILIO_TIMEOUT_MS: '3000' } });
  delete process.env.SANDBOX_TWILIO_STEP_MS;
  for (const shop of [SHOP, OTHER]) {
    await openClub(app, shop);
    const values = { account: 'platform', senderName: 'Setia' };
    expect(await submitAdminForm(app, shop, '/app/settings/messaging', values)).toBe(200);
  }
  await rows('UPDATE senders SET per_second = 500');
});
afterAll(() => app?.stop());
beforeEach(() => onTestFailed(tellWhatStands));

const rows = <Row extends object = Record<string, unknown>>(sql: string, values: unknown[] = []) =>
  queryRows<Row & Record<string, unknown>>(app, sql, values);
const one = async <T>(sql: string, values: unknown[] = []) =>
  (await rows<{ value: T }>(`SELECT (${sql}) AS value`, values))[0]!.value;

/** What a failure doesn't say: where messages stand, and which tasks rest in a shop. */
async function tellWhatStands(): Promise<void> {
  const told = {
    messages: await rows(
      'SELECT campaign_id::text, state, count(*)::int AS n FROM messages GROUP BY 1, 2 ORDER BY 1, 2',
    ),
    failures: await rows('SELECT shop_id::text, task, failures, reason, retry_at FROM shop_task_failures'),
    senders: await rows('SELECT shop_id::text, paced_until, clock_timestamp() AS now FROM senders'),
    jobs: await rows('SELECT task_identifier, locked_at, run_at, last_error FROM graphile_worker.jobs'),
    sessions: await rows(
      "SELECT pid, state, wait_event, left(query, 120) AS query FROM pg_stat_activity WHERE state <> 'idle'",
    ),
  };
  process.stdout.write(`${JSON.stringify(told, null, 1)}\n`);
}

/**
 * A campaign as it is once it was started: its recipients frozen, with texts of one and two parts, and all of it reserved.
 * Their country is left out, so that no quiet hours hold them.
 */
async function givenCampaign(shop: string, count: number, from: number): Promise<bigint> {
  const [{ id, shopId }] = (await rows<{ id: bigint; shopId: bigint }>(
    `INSERT INTO campaigns (shop_id, name, state, audience, language, text, created_by, started_at)
     SELECT shop_id, 'Promo ' || $2, 'running', '{"filter": ""}', 'id', 'Halo', 'staff:1', now() FROM shops WHERE domain = $1
     RETURNING campaign_id AS id, shop_id AS "shopId"`,
    [shop, from],
  )) as [{ id: bigint; shopId: bigint }];
  await rows(
    `INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, to_address, address_hash, body, parts,
       price_micros, state, expires_at, actor)
     SELECT $1::bigint, 'campaign:' || $2::bigint || ':customer:' || n, $2::bigint, n, (SELECT channel_id FROM channels WHERE shop_id = $1),
       '+6281' || (20000000 + n), 'hash' || n, 'Halo ' || n || CASE WHEN n % 5 = 0 THEN repeat(' promo', 30) ELSE '' END,
       CASE WHEN n % 5 = 0 THEN 2 ELSE 1 END, $3::bigint, 'queued', now() + interval '2 days', 'staff:1'
       FROM generate_series($4::int, $4::int + $5::int - 1) n`,
    [shopId, id, PRICE, from, count],
  );
  const micros = await one<string>(
    'SELECT sum(parts * price_micros)::text FROM messages WHERE campaign_id = $1',
    [id],
  );
  await rows(
    `WITH topup AS (INSERT INTO topups (shop_id, charge_gid, state, amount_minor, currency, is_test, confirmation_url, actor)
         VALUES ($1, 'gid://shopify/AppPurchaseOneTime/' || $2::bigint, 'active', 10000, 'USD', true, '', 'staff:1')),
       wallet AS (INSERT INTO wallets AS w (shop_id, currency, balance_micros, held_micros) VALUES ($1, 'USD', 100000000, $3)
         ON CONFLICT (shop_id) DO UPDATE SET balance_micros = w.balance_micros + 100000000, held_micros = w.held_micros + $3
         RETURNING balance_micros),
       entry AS (INSERT INTO wallet_entries (shop_id, entry_key, kind, amount_micros, balance_after_micros, actor)
         SELECT $1, 'topup:gid://shopify/AppPurchaseOneTime/' || $2::bigint, 'topup', 100000000, balance_micros, 'staff:1' FROM wallet),
       hold AS (INSERT INTO wallet_holds (shop_id, hold_key, amount_micros, open_micros) VALUES ($1, 'campaign:' || $2::bigint, $3, $3)
         RETURNING hold_id)
     UPDATE campaigns SET hold_id = (SELECT hold_id FROM hold), quoted_micros = $3 WHERE shop_id = $1 AND campaign_id = $2`,
    [shopId, id, micros],
  );
  return id;
}

const states = (campaign: bigint) =>
  rows<{ state: string; n: number }>(
    'SELECT state, count(*)::int AS n FROM messages WHERE campaign_id = $1 GROUP BY 1 ORDER BY 1',
    [campaign],
  );
const campaignState = (campaign: bigint) =>
  one<string>('SELECT state FROM campaigns WHERE campaign_id = $1', [campaign]);
const sent = (campaign: bigint) =>
  one<number>(
    `SELECT count(*)::int FROM messages WHERE campaign_id = $1 AND state NOT IN ('queued', 'sending', 'unknown')`,
    [campaign],
  );
const wake = (task: string) =>
  rows(`SELECT graphile_worker.add_job($1, '{}'::json, job_key := $1, max_attempts := 1)`, [task]);
/** As time does: leases of calls that have ended end, look-ups and sweeps are due. */
const letTimePass = () =>
  rows(
    `UPDATE messages SET lease_until = CASE WHEN state IN ('sending', 'unknown') AND call_started_at < now() - interval '6 seconds'
         THEN now() - interval '1 second' ELSE lease_until END,
       due_at = CASE WHEN state = 'queued' THEN now() ELSE due_at END,
       call_started_at = CASE WHEN state IN ('accepted', 'sent') THEN call_started_at - interval '1 hour' ELSE call_started_at END
      WHERE (shop_id, message_id) IN (SELECT shop_id, message_id FROM messages
        WHERE state IN ('sending', 'unknown', 'queued', 'accepted', 'sent') FOR UPDATE SKIP LOCKED)`,
  );

interface AtTwilio {
  to: string;
  messages: number;
}
/** How many messages of this app each number has at Twilio. */
async function atTwilio(from: number, count: number): Promise<AtTwilio[]> {
  const { numbers } = await app.control<{ numbers: AtTwilio[] }>('GET', 'twilio/recipients');
  const own = (to: string) => {
    const n = Number(to.slice('+6281'.length)) - 20_000_000;
    return n >= from && n < from + count;
  };
  return numbers.filter(({ to }) => own(to));
}

async function giveFaults(source: Random): Promise<void> {
  const strike = (target: string, kind: string, times: number, more: object = {}) =>
    app.control('POST', 'faults', { target, kind, times, ...more });
  const some = () => source.between(20, 60);
  const create = { operation: 'CreateMessage' };
  await strike('twilio', 'lostReply', some(), create);
  await strike('twilio', 'status500', some(), { ...create, executes: true });
  await strike('twilio', 'status503', some(), create);
  await strike('twilio', 'status429', some(), create);
  for (const kind of ['drop', 'duplicate', 'shuffle', 'early', 'unsigned'])
    await strike('receipt', kind, some() * 4);
}

/** Kills it, and starts it again. */
async function killAndStart(which: Victim): Promise<void> {
  if (which === 'worker') {
    await app.killWorker();
    app.startWorker();
  } else if (which === 'web') await app.killWeb();
  else {
    await app.stopPostgres('crash');
    await app.startPostgres();
  }
}

test('worker, web and database are killed: each recipient has one message, the wallet adds up, all is settled', async () => {
  const campaign = await givenCampaign(SHOP, RECIPIENTS, 0);
  await giveFaults(random);
  await wake('send-messages');
  const victims = random.shuffle([...VICTIMS, random.pick(VICTIMS)]);
  for (const [turn, which] of victims.entries()) {
    const goal = Math.floor((RECIPIENTS * (turn + 1)) / (victims.length + 2));
    await waitUntil(`${goal} were sent`, async () => (await sent(campaign)) >= goal, UNTIL_MS);
    await sleep(random.pick([0, 20, 100, 400]));
    await killAndStart(which);
    await waitUntil('the database answers', async () => {
      await letTimePass();
      await wake('send-messages');
      return true;
    });
    process.stdout.write(`kill ${turn + 1} (${which}): ${JSON.stringify(await states(campaign))}\n`);
  }
  await waitUntil(
    'the campaign is settled',
    async () => {
      await letTimePass();
      for (const task of ['send-messages', 'sweep-messages', 'process-receipts']) await wake(task);
      await sleep(1_000);
      return (
        (await campaignState(campaign)) === 'finished' &&
        (await one<number>('SELECT count(*)::int FROM messages WHERE settled_at IS NULL')) === 0
      );
    },
    UNTIL_MS,
  );
  expect(await states(campaign)).toEqual([{ state: 'delivered', n: RECIPIENTS }]);
  const recipients = await atTwilio(0, RECIPIENTS);
  expect(recipients.filter(({ messages }) => messages !== 1)).toEqual([]);
  expect(recipients).toHaveLength(RECIPIENTS);
  const parts = BigInt(RECIPIENTS) + BigInt(Math.ceil(RECIPIENTS / 5));
  expect(
    await rows('SELECT balance_micros::text AS balance, held_micros::text AS held FROM wallets'),
  ).toEqual([{ balance: String(100_000_000n - parts * PRICE), held: '0' }]);
  await expectCleanAudit(app);
});

test('a small message of another shop is not behind a big campaign; STOP while it runs holds within 5 s', async () => {
  await fetch(`${app.sandboxUrl}/_control/faults`, { method: 'DELETE' });
  await rows(
    'UPDATE senders SET per_second = 20 WHERE shop_id = (SELECT shop_id FROM shops WHERE domain = $1)',
    [SHOP],
  );
  const from = 5_000_000;
  const big = await givenCampaign(SHOP, 2_000, from);
  await wake('send-messages');
  await waitUntil('it goes out', async () => (await sent(big)) >= 20, UNTIL_MS);
  const small = await givenCampaign(OTHER, 3, 6_000_000);
  await wake('send-messages');
  await waitUntil('the small one is out', async () => (await sent(small)) === 3, 60_000);
  expect(await campaignState(big)).toBe('running');

  // Everyone who waits stops: as their texts would have it stored.
  await rows(
    `INSERT INTO suppressions (shop_id, channel, address_hash, address, source, since)
     SELECT shop_id, 'sms', address_hash, to_address, 'keyword', now() FROM messages WHERE campaign_id = $1 AND state = 'queued'`,
    [big],
  );
  await sleep(5_000);
  const after = await atTwilio(from, 2_000);
  await sleep(3_000);
  expect(await atTwilio(from, 2_000)).toHaveLength(after.length);
  expect(after.length).toBeLessThan(2_000);
  await waitUntil(
    'what was stopped is left out',
    async () => (await campaignState(big)) === 'finished',
    60_000,
  );
});

/**
 * What a demo leaves behind: Ctrl-C ends every process that it started, its data can be used again, two demos run
 * side by side, and the operator's audit finds a figure that was changed by hand, which rebuild repairs.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { removeEmbeddedPostgres } from '../../scripts/embedded-postgres.ts';
import { freePort } from '../../scripts/lib/ports.ts';
import { pointsByCustomer, queryRows, runOps, waitUntil, type Inspected } from '#test/support/figures.ts';
import { childrenOf, isAlive, type SeenProcess } from '#test/support/processes.ts';

const SHOP = 'setia-demo.myshopify.com';
const STARTED = 'Ctrl-C stops everything';
const START_TIMEOUT_MS = 180_000;

interface Demo extends Inspected {
  pid: number;
  /** Web, worker, sandbox and the database's processes. */
  children: SeenProcess[];
  /** Sends Ctrl-C and returns the exit code. */
  interrupt(): Promise<number | null>;
}

const running = new Set<ChildProcessByStdio<null, Readable, Readable>>();
const folders: string[] = [];
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) {
    removeEmbeddedPostgres(folder);
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

test('two demos side by side; Ctrl-C ends all of one and leaves the other and the data', async () => {
  const [one, other] = [makeFolder(), makeFolder()];
  const [first, second] = await Promise.all([startDemo(one), startDemo(other)]);
  for (const file of ['server.ts', 'worker.ts', 'sandbox/main.ts', 'bin/postgres']) {
    expect(first.children.some(({ command }) => command.includes(file))).toBe(true);
  }
  await waitUntil(
    'the seed has earned',
    async () => Object.keys(await pointsByCustomer(first, SHOP)).length > 0,
  );
  const points = await pointsByCustomer(first, SHOP);

  expect(await first.interrupt()).toBe(0);
  // The shell that guards the database outlives the demo by a moment.
  await waitUntil(
    'all that it started has ended',
    async () => !first.children.some(({ pid }) => isAlive(pid)),
    30_000,
  );
  // A connection's process ends with its connection, in a demo that is well too.
  const lasting = second.children.filter(({ command }) => !command.startsWith('postgres: '));
  expect(lasting.length).toBeGreaterThanOrEqual(4);
  expect(lasting.filter(({ pid }) => !isAlive(pid))).toEqual([]);
  expect(await second.interrupt()).toBe(0);

  const again = await startDemo(one);
  expect(await pointsByCustomer(again, SHOP)).toEqual(points);
  await auditFindsWhatWasChanged(again);
  expect(await again.interrupt()).toBe(0);
  // Without a demo the operator's command starts the demo's database by itself.
  expect(await runOps({ env: { DATA_DIR: one, DATABASE_URL: '' } }, 'audit')).toMatchObject({ exitCode: 0 });
});

async function auditFindsWhatWasChanged(demo: Demo): Promise<void> {
  const clean = await runOps(demo, 'audit', '--json');
  expect(clean.exitCode).toBe(0);
  expect(JSON.parse(clean.stdout)).toEqual(expect.arrayContaining([{ shop: SHOP, differences: [] }]));

  const [account] = await queryRows<{ customer: string; balance: string }>(
    demo,
    `UPDATE ledger_accounts SET balance = balance + 7 WHERE (shop_id, customer_id, unit) = (
       SELECT shop_id, customer_id, unit FROM ledger_accounts JOIN shops USING (shop_id) WHERE domain = $1 LIMIT 1)
     RETURNING customer_id::text AS customer, balance::text AS balance`,
    [SHOP],
  );
  const found = await runOps(demo, 'audit', '--shop', SHOP, '--json');
  expect(found.exitCode).toBe(1);
  const [{ differences }] = JSON.parse(found.stdout);
  expect(differences).toContainEqual({
    check: 'balance is the sum of the entries',
    subject: `customer ${account!.customer} POINTS`,
    stored: account!.balance,
    computed: String(Number(account!.balance) - 7),
  });

  expect(await runOps(demo, 'rebuild', '--shop', SHOP)).toMatchObject({ exitCode: 0 });
  expect(await runOps(demo, 'audit', '--json')).toMatchObject({ exitCode: 0 });
  // What was posted stays as it was, whatever is tried.
  await expect(queryRows(demo, 'UPDATE ledger_entries SET amount = amount + 1')).rejects.toThrow(
    'append-only',
  );
}

function makeFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-demo-data-'));
  folders.push(folder);
  return folder;
}

async function startDemo(dataDir: string): Promise<Demo> {
  const env = {
    ...process.env,
    DATABASE_URL: '',
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
  };
  const child = spawn(process.execPath, ['scripts/demo.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const isStarted = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`the demo ended with ${child.exitCode}:\n${output}`);
    return output.includes(STARTED);
  };
  await waitUntil('the demo says what to try', isStarted, START_TIMEOUT_MS);
  const services: Record<string, string> = JSON.parse(
    fs.readFileSync(path.join(dataDir, 'environment.json'), 'utf8'),
  );
  const pid = child.pid ?? 0;
  return {
    pid,
    databaseUrl: services.DATABASE_URL!,
    env: services,
    children: childrenOf(pid),
    async interrupt() {
      child.kill('SIGINT');
      const code = await ended;
      running.delete(child);
      return code;
    },
  };
}

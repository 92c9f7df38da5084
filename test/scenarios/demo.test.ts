/** `npm run demo` as its user meets it: the story that checks itself, Ctrl-C, and a port that is taken. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { freePort, isPortFree } from '../../scripts/lib/ports.ts';

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-demo-test-'));
afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

interface Run {
  code: number | null;
  output: string;
}

/** Runs the demo until it ends; `onOutput` sees all that was written so far and may send a signal. */
function runDemo(
  args: string[],
  env: Record<string, string>,
  onOutput: (output: string, kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['scripts/demo.ts', ...args], {
      env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir, ...env },
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
      onOutput(output, (signal) => child.kill(signal));
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('close', (code) => resolve({ code, output }));
  });
}

test('the demo plays its story by itself, every figure is right, and it leaves nothing behind', async () => {
  const leftBefore = temporaryFolders();
  const { code, output } = await runDemo(['--check'], {});
  expect(output).toContain('Every figure is right.');
  expect(output).not.toContain('FAIL');
  expect(code).toBe(0);
  expect(temporaryFolders()).toEqual(leftBefore);
});

test('Ctrl-C ends web, worker, sandbox and database', async () => {
  const [port, sandboxPort] = [await freePort(), await freePort()];
  let isAsked = false;
  const { code, output } = await runDemo(
    [],
    { PORT: String(port), SANDBOX_PORT: String(sandboxPort) },
    (written, kill) => {
      // Once: a second Ctrl-C ends the demo on the spot.
      if (!isAsked && written.includes('Ctrl-C stops everything')) kill('SIGINT');
      isAsked ||= written.includes('Ctrl-C stops everything');
    },
  );
  expect(output).toContain(`http://127.0.0.1:${sandboxPort}/admin/setia-demo.myshopify.com`);
  expect(code).toBe(0);
  expect(await isPortFree(port)).toBe(true);
  expect(await isPortFree(sandboxPort)).toBe(true);
  const { DATABASE_URL } = JSON.parse(fs.readFileSync(path.join(dataDir, 'environment.json'), 'utf8'));
  expect(await isPortFree(Number(new URL(DATABASE_URL).port))).toBe(true);
});

test('a port that is taken is named, with the variable that chooses another', async () => {
  const taken = http.createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  const { code, output } = await runDemo([], { PORT: String(await freePort()), SANDBOX_PORT: String(port) });
  taken.close();
  expect(output).toContain(`Port ${port} is in use`);
  expect(output).toContain(`SANDBOX_PORT=${port + 1}`);
  expect(output).not.toContain(' at ');
  expect(code).toBe(1);
});

function temporaryFolders(): string[] {
  return fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('setia-check-'));
}

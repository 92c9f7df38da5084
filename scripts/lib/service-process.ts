import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = path.resolve(import.meta.dirname, '../..');
const END_WITH_PARENT = path.join(import.meta.dirname, 'end-with-parent.ts');
const STOP_GRACE_MS = 20_000;
const LAST_LINES = 30;

export interface ServiceOptions {
  /** Names the service in messages and its log. */
  name: string;
  /** TypeScript file below the project's folder. */
  file: string;
  /** Options for node itself, before the file. */
  nodeFlags?: string[];
  env: Record<string, string>;
  /** Folder of `<name>.log`; the service's output is appended to it. */
  logDir: string;
}

/** A running Node process of ours. */
export interface ServiceProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** True until the process has ended. */
  isRunning(): boolean;
  /** Resolves when the process has ended, with a sentence that says how. */
  readonly ended: Promise<string>;
  /** Sends SIGTERM, and SIGKILL when it is still running after 10 s. */
  stop(): Promise<void>;
  /** Sends a signal; after SIGKILL also waits for the end. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** The end of its output, for messages. */
  lastLines(): string;
}

/** Starts a service on the Node that runs us. It leads a process group of its own: Ctrl-C only reaches the starter. */
export function startService({ name, file, nodeFlags = [], env, logDir }: ServiceOptions): ServiceProcess {
  fs.mkdirSync(logDir, { recursive: true });
  const logFile = path.join(logDir, `${name}.log`);
  const log = fs.openSync(logFile, 'a');
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...nodeFlags, file], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['pipe', log, log],
    detached: true,
  });
  fs.closeSync(log);
  child.stdin?.on('error', () => undefined);
  let running = true;
  const ended = new Promise<string>((resolve) => {
    const settle = (how: string): void => {
      running = false;
      resolve(how);
    };
    child.once('error', (error) => settle(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      settle(signal ? `was ended by ${signal}` : `ended with code ${code}`),
    );
  });
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (running) child.kill(signal);
    if (signal === 'SIGKILL') await ended;
  };
  return {
    name,
    pid: child.pid ?? 0,
    logFile,
    isRunning: () => running,
    ended,
    kill,
    async stop() {
      await kill('SIGTERM');
      const timer = new AbortController();
      const grace = sleep(STOP_GRACE_MS, 'late', { signal: timer.signal }).catch(() => 'ended');
      if ((await Promise.race([ended, grace])) === 'late') await kill('SIGKILL');
      timer.abort();
    },
    lastLines: () => fs.readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n'),
  };
}

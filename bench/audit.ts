import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { appEnvironment } from './lib/app-process.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { LEDGER_ENTRIES, LEDGER_ORDERS, millionsOfEntries } from './lib/ledger-rows.ts';
import { SHOP } from './lib/shop-rows.ts';

const LOOK_MS = 200;

/** `ops audit` over ten million entries: its duration, and its peak memory. Throws when it finds anything. */
export async function benchAudit(run: BenchRun): Promise<Figure[]> {
  const { url } = await millionsOfEntries(run);
  run.tell('  auditing ...');
  const start = performance.now();
  const file = path.resolve(import.meta.dirname, '../scripts/ops.ts');
  const child = spawn(process.execPath, [file, 'audit', '--shop', SHOP], {
    env: { ...process.env, ...appEnvironment(url, 0) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  let peakKb = 0;
  const looking = setInterval(() => {
    peakKb = Math.max(peakKb, peakOf(child.pid));
  }, LOOK_MS);
  const [code] = await once(child, 'exit');
  clearInterval(looking);
  if (code !== 0) throw new Error(`the audit ended with ${String(code)}`);
  const name = `${LEDGER_ENTRIES.toLocaleString('en')} entries, ${LEDGER_ORDERS.toLocaleString('en')} orders`;
  return [
    figure(
      { bench: 'audit', figure: name, unit: 's', target: 'minutes' },
      (performance.now() - start) / 1_000,
    ),
    figure({ bench: 'audit', figure: 'peak memory', unit: 'MB', target: '< 300 MB' }, peakKb / 1_024),
  ];
}

/** Returns the peak memory of a process in KB, as Linux counts it; 0 when it can't be read (or has ended). */
function peakOf(pid: number | undefined): number {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

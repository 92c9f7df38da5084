/** Inspects processes as the kernel shows them (/proc): which ones are a test's services and whether they are alive. */
import fs from 'node:fs';

export interface SeenProcess {
  pid: number;
  command: string;
}

/** Everything that a running process started, and what those started. */
export function childrenOf(parentPid: number): SeenProcess[] {
  const found: SeenProcess[] = [];
  for (const entry of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const pid = Number(entry);
    if (parentOf(pid) === parentPid) found.push({ pid, command: commandOf(pid) }, ...childrenOf(pid));
  }
  return found;
}

/** True while the process exists; one that has ended but isn't reaped yet counts as ended. */
export function isAlive(pid: number): boolean {
  const stat = readProc(pid, 'stat');
  return stat !== '' && stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
}

function parentOf(pid: number): number {
  const stat = readProc(pid, 'stat');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function commandOf(pid: number): string {
  return readProc(pid, 'cmdline').replaceAll('\0', ' ').trim();
}

/** Empty for a process that ended meanwhile. */
function readProc(pid: number, file: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

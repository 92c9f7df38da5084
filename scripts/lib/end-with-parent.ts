/**
 * Loaded before a service that scripts/ started (`node --import`): its standard input is a pipe from the
 * starter, which closes when that process ends, however it ended. No service outlives its demo or test run.
 */
import net from 'node:net';

const GRACE_MS = 5_000;

process.stdin.on('error', () => undefined);
process.stdin.on('close', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
});
process.stdin.resume();
// Waiting for the pipe must not keep a service alive that has nothing left to do.
if (process.stdin instanceof net.Socket) process.stdin.unref();

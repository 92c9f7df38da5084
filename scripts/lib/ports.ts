import net from 'node:net';

/**
 * Below the ports that systems take for outgoing connections: between our look and the service's start one of those
 * could take the port.
 */
const FIRST_PORT = 20_000;
const PORTS = 12_000;
/** How many a process picks before it comes to those of the next process id. */
const PORTS_PER_PROCESS = 10;

let picked = 0;

/** Returns a free TCP port of 127.0.0.1 that no other process of ours picks at the same time. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS; tries += 1) {
    const port = FIRST_PORT + ((process.pid * PORTS_PER_PROCESS + picked) % PORTS);
    picked += 1;
    if (await isPortFree(port)) return port;
  }
  throw new Error(`every port from ${FIRST_PORT} to ${FIRST_PORT + PORTS - 1} is in use`);
}

/** Returns true when no process listens on `port` of 127.0.0.1. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

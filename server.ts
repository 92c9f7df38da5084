/**
 * Entry of the web process: `npm run start`, or with NODE_ENV=development the app with reloading. One HTTP server:
 * first what must be quick or must work without Remix (webhooks, health, metrics), then Express with static files
 * and Remix.
 */
import { existsSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import express, { type Express } from 'express';
import { runProcess } from './app/lib/process-life.ts';

type WebParts = typeof import('./app/web-parts.server.ts');

/** A web app and the parts of it that are served before Express. */
interface WebApp {
  parts: () => Promise<WebParts>;
  express: Express;
  close: () => Promise<void>;
}

const ROOT = import.meta.dirname;
const SERVER_BUILD = path.join(ROOT, 'build', 'server', 'index.js');
const CLIENT_BUILD = path.join(ROOT, 'build', 'client');

/** A request must be here completely after this time: a large photo from a phone's slow line takes the longest. */
const REQUEST_TIMEOUT_MS = 180_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than a load balancer keeps its connections, so that it never sends into one that just closed. */
const KEEP_ALIVE_MS = 65_000;
/** Requests that are not answered this long after a signal are cut. */
const DRAIN_MS = 8_000;

// React and Polaris choose their build by it when they load.
process.env.NODE_ENV ??= 'production';

runProcess(async (signal) => {
  const app = process.env.NODE_ENV === 'development' ? await developmentApp() : await productionApp();
  const parts = await app.parts();
  const server = http.createServer(await makeListener(app, parts));
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const { host, port, logger } = parts.serverSettings;
  await listen(server, host, port);
  logger.info({ address: server.address() }, 'web listening');
  await new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', resolve);
  });
  await drain(server);
  await app.close();
  await parts.closeServer();
  logger.info('web stopped');
});

async function makeListener(app: WebApp, first: WebParts): Promise<http.RequestListener> {
  const { WEBHOOK_PATH, serverSettings } = first;
  const serve = async (req: http.IncomingMessage, res: http.ServerResponse): Promise<void> => {
    const parts = await app.parts();
    const [pathname] = (req.url ?? '/').split('?', 1);
    if (pathname === WEBHOOK_PATH) parts.webhookDoor(req, res);
    else if (pathname === '/healthz') await parts.healthHandler(req, res);
    else if (pathname === '/metrics') await parts.metricsHandler(req, res);
    else app.express(req, res);
  };
  return (req, res) => {
    serve(req, res).catch((error: unknown) => {
      serverSettings.logger.error({ err: error }, 'request not served');
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  };
}

async function productionApp(): Promise<WebApp> {
  if (!existsSync(SERVER_BUILD)) throw new Error('Setia cannot start, it is not built yet: npm run build');
  const build = toBuild(await import(pathToFileURL(SERVER_BUILD).href));
  const parts = partsOf(build);
  const app = makeExpress();
  app.use('/assets', express.static(path.join(CLIENT_BUILD, 'assets'), { immutable: true, maxAge: '1y' }));
  app.use(express.static(CLIENT_BUILD, { maxAge: '1h' }));
  app.all('*', createRequestHandler({ build, mode: 'production' }));
  return { parts: () => Promise.resolve(parts), express: app, close: () => Promise.resolve() };
}

async function developmentApp(): Promise<WebApp> {
  const { createServer } = await import('vite');
  const vite = await createServer({ root: ROOT, server: { middlewareMode: true } });
  const load = async (): Promise<ServerBuild> =>
    toBuild(await vite.ssrLoadModule('virtual:remix/server-build'));
  const app = makeExpress();
  app.use(vite.middlewares);
  app.all('*', createRequestHandler({ build: load, mode: 'development' }));
  return { parts: async () => partsOf(await load()), express: app, close: () => vite.close() };
}

function makeExpress(): Express {
  const app = express();
  app.disable('x-powered-by');
  // TLS ends at a proxy; only one on this machine or in a private network is believed.
  app.set('trust proxy', ['loopback', 'linklocal', 'uniquelocal']);
  return app;
}

function isBuild(loaded: unknown): loaded is ServerBuild {
  return typeof loaded === 'object' && loaded !== null && 'entry' in loaded && 'routes' in loaded;
}

function toBuild(loaded: unknown): ServerBuild {
  if (!isBuild(loaded)) throw new Error('Setia cannot start, this is no Remix build');
  return loaded;
}

function hasParts(entry: object): entry is WebParts {
  return 'webhookDoor' in entry && 'healthHandler' in entry && 'serverSettings' in entry;
}

function partsOf(build: ServerBuild): WebParts {
  const entry: object = build.entry.module;
  if (!hasParts(entry)) throw new Error('app/entry.server.tsx does not export app/web-parts.server.ts');
  return entry;
}

async function listen(server: http.Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListen(error, port)));
    server.listen(port, host, resolve);
  });
}

function explainListen(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new Error(
      `Setia cannot start, port ${port} is in use by another program. Choose another one: PORT=${port + 1}`,
    );
  }
  if (error.code === 'EACCES') {
    return new Error(
      `Setia cannot start, this user may not listen on port ${port}. Choose another one: PORT=3000`,
    );
  }
  return error;
}

/** Takes no new requests and waits for those under way. */
async function drain(server: http.Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(cut);
}

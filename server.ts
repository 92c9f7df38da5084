/**
 * Entry of the web process: `npm run start`, or with NODE_ENV=development the app with reloading. One HTTP server:
 * first what must be fast or must work without Remix (webhooks, shoppers, health, metrics), then Express with static
 * files and Remix.
 */
import { existsSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import express, { type Express, type RequestHandler } from 'express';
import { runProcess } from './app/lib/process-life.ts';
import { safeErrorFields } from './app/lib/safe-error.ts';
import { answerErrors, refuseForeignRequests, setPrivateHeaders } from './app/lib/web-guards.ts';
import { cutSlowBody, limitServer } from './app/lib/server-limits.ts';

type WebParts = typeof import('./app/web-parts.server.ts');

/** A web app and the parts of it that run before Express. */
interface WebApp {
  parts: () => Promise<WebParts>;
  express: Express;
  close: () => Promise<void>;
}

const ROOT = import.meta.dirname;
const SERVER_BUILD = path.join(ROOT, 'build', 'server', 'index.js');
const CLIENT_BUILD = path.join(ROOT, 'build', 'client');

/** Requests still open this long after a signal are cut off. */
const DRAIN_MS = 8_000;

// React and Polaris read it when they load to choose their build.
process.env.NODE_ENV ??= 'production';

runProcess(async (signal) => {
  const app = process.env.NODE_ENV === 'development' ? await developmentApp() : await productionApp();
  const parts = await app.parts();
  const server = http.createServer(await makeListener(app, parts));
  limitServer(server);
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
  const { CLUB_API_PREFIX, PROXY_PREFIX, STAFF_API_PREFIX, TWILIO_PREFIX, WEBHOOK_PATH, serverSettings } =
    first;
  const serve = async (req: http.IncomingMessage, res: http.ServerResponse): Promise<void> => {
    const parts = await app.parts();
    const [pathname = ''] = (req.url ?? '/').split('?', 1);
    const isTwilio = pathname.startsWith(TWILIO_PREFIX);
    // The doors of webhooks have their own, shorter limits.
    if (pathname !== WEBHOOK_PATH && !isTwilio) cutSlowBody(req, pathname);
    res.setHeader('x-content-type-options', 'nosniff');
    res.setHeader('referrer-policy', 'same-origin');
    if (pathname === WEBHOOK_PATH) parts.webhookDoor(req, res);
    else if (isTwilio) parts.twilioDoor(req, res);
    else if (pathname.startsWith(STAFF_API_PREFIX)) parts.staffDoor(req, res);
    else if (pathname.startsWith(CLUB_API_PREFIX)) parts.clubDoor(req, res);
    else if (pathname.startsWith(PROXY_PREFIX)) parts.proxyDoor(req, res);
    else if (pathname === '/healthz') await parts.healthHandler(req, res);
    else if (pathname === '/metrics') await parts.metricsHandler(req, res);
    else app.express(req, res);
  };
  return (req, res) => {
    serve(req, res).catch((error: unknown) => {
      serverSettings.logger.error(safeErrorFields(error), 'request not served');
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
  serveRemix(app, createRequestHandler({ build, mode: 'production' }), () => Promise.resolve(parts));
  return { parts: () => Promise.resolve(parts), express: app, close: () => Promise.resolve() };
}

async function developmentApp(): Promise<WebApp> {
  const { createServer } = await import('vite');
  const vite = await createServer({ root: ROOT, server: { middlewareMode: true } });
  const load = async (): Promise<ServerBuild> =>
    toBuild(await vite.ssrLoadModule('virtual:remix/server-build'));
  const app = makeExpress();
  app.use(vite.middlewares);
  const parts = async (): Promise<WebParts> => partsOf(await load());
  serveRemix(app, createRequestHandler({ build: load, mode: 'development' }), parts);
  return { parts, express: app, close: () => vite.close() };
}

function makeExpress(): Express {
  const app = express();
  app.disable('x-powered-by');
  // TLS ends at a proxy; only one on this machine or in a private network is trusted.
  app.set('trust proxy', ['loopback', 'linklocal', 'uniquelocal']);
  return app;
}

function serveRemix(app: Express, handler: RequestHandler, parts: WebApp['parts']): void {
  app.use(setPrivateHeaders, refuseForeignRequests);
  app.all('*', handler);
  app.use(
    answerErrors((error) => {
      void parts().then(({ serverSettings }) =>
        serverSettings.logger.error(safeErrorFields(error), 'request not served'),
      );
    }),
  );
}

function isBuild(loaded: unknown): loaded is ServerBuild {
  return typeof loaded === 'object' && loaded !== null && 'entry' in loaded && 'routes' in loaded;
}

function toBuild(loaded: unknown): ServerBuild {
  if (!isBuild(loaded)) throw new Error('Setia cannot start, this is no Remix build');
  return loaded;
}

function hasParts(entry: object): entry is WebParts {
  return [
    'webhookDoor',
    'twilioDoor',
    'clubDoor',
    'proxyDoor',
    'staffDoor',
    'healthHandler',
    'serverSettings',
  ].every((part) => part in entry);
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

/** Stops accepting requests and waits for the open ones. */
async function drain(server: http.Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(cut);
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { readAppConfig } from './app-config.ts';
import { registerControlApi } from './control-api.ts';
import { BadRequest, exchangeOf, Router } from './router.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { registerBulkFiles } from './shopify/bulk/bulk-files.ts';
import { BulkOperations } from './shopify/bulk/bulk-operations.ts';
import { registerStagedUploads, StagedUploads } from './shopify/bulk/bulk-uploads.ts';
import { registerAdminGraphql } from './shopify/admin-graphql/endpoint.ts';
import { registerOAuth } from './shopify/oauth.ts';
import { registerPages } from './shopify/pages.ts';
import { WebhookSender } from './shopify/webhooks.ts';
import { prepareFunctions } from './shopify/functions/load-functions.ts';
import { TwilioCallbacks } from './twilio/callbacks.ts';
import { TwilioDelivery } from './twilio/delivery.ts';
import { registerTwilio } from './twilio/endpoint.ts';
import { startSmtp } from './mail/smtp-server.ts';
import { keepSnapshots, readSnapshot } from './snapshot.ts';
import { UnknownError, World } from './world.ts';

/** Between two statuses of a message, as a person in the console can follow them. */
const STEP_MS = 300;

const APP_CONFIG_FILE = new URL('../shopify.app.toml', import.meta.url);

/** Starts a local Shopify, and in the same process a Twilio and a mail server, on 127.0.0.1. Rejects with the listen error (such as EADDRINUSE) when it can't. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const appConfig = readAppConfig(APP_CONFIG_FILE);
  const world = new World(readSnapshot(options.snapshotPath));
  if (
    Object.values(world.state.shops).some(
      ({ appDiscounts, validations }) => appDiscounts?.length || validations?.length,
    )
  )
    await prepareFunctions();
  const webhooks = new WebhookSender(world, {
    appUrl: options.appUrl,
    apiSecret: options.apiSecret,
    appConfig,
    retryBaseMs: options.webhookRetryBaseMs ?? 1_000,
  });
  const callbacks = new TwilioCallbacks(world);
  const delivery = new TwilioDelivery(world, callbacks, options.twilioStepMs ?? STEP_MS);
  const router = new Router();
  const server = createServer((request, response) => void serve(router, request, response));
  // Longer than clients keep a connection: with Node's default of 5 s they would use connections that just closed.
  server.keepAliveTimeout = 75_000;
  const port = await listen(server, options.port);
  const smtp = await startSmtp(world, options.smtpPort ?? 0).catch((error: unknown) => {
    server.close();
    throw error;
  });
  const saver = keepSnapshots(world, options.snapshotPath);
  const sandbox: Sandbox = {
    world,
    options,
    appConfig,
    webhooks,
    bulk: new BulkOperations(world),
    uploads: new StagedUploads(world),
    twilio: { callbacks, delivery },
    origin: `http://127.0.0.1:${port}`,
    port,
    smtpPort: smtp.port,
    async close() {
      webhooks.close();
      delivery.close();
      callbacks.close();
      saver.close();
      server.closeAllConnections();
      await smtp.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  registerOAuth(router, sandbox);
  registerAdminGraphql(router, sandbox);
  registerBulkFiles(router, sandbox);
  registerStagedUploads(router, sandbox);
  registerTwilio(router, sandbox);
  registerControlApi(router, sandbox);
  registerPages(router, sandbox);
  webhooks.resume();
  return sandbox;
}

async function serve(router: Router, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
  const matched = router.match(request.method ?? 'GET', url.pathname);
  const exchange = exchangeOf(request, response, url, matched?.params ?? {});
  if (!matched) return exchange.sendJson(404, { error: `no route ${request.method} ${url.pathname}` });
  try {
    await matched.handler(exchange);
  } catch (error) {
    if (response.headersSent) return void response.destroy();
    if (error instanceof BadRequest) return exchange.sendJson(400, { error: error.message });
    if (error instanceof UnknownError) return exchange.sendJson(404, { error: error.message });
    console.error(error);
    exchange.sendJson(500, { error: error instanceof Error ? error.message : String(error) });
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

if (import.meta.main) {
  const { runFromCommandLine } = await import('./cli.ts');
  await runFromCommandLine(startSandbox);
}

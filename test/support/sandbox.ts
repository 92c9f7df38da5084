import { createServer } from 'node:http';
import { startSandbox } from '#sandbox/main.ts';
import { type Sandbox, type SandboxOptions } from '#sandbox/sandbox.ts';

export const API_KEY = 'setia-demo-key';
export const API_SECRET = 'setia-demo-secret';
export const DEMO_SHOP = 'setia-demo.myshopify.com';
export const USD_SHOP = 'setia-usd.myshopify.com';

/** Parsed JSON of many shapes: a test looks into it by path, and a wrong path is a failed expectation. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
export type Loose = any;

export interface ReceivedWebhook {
  headers: Record<string, string>;
  rawBody: string;
  topic: string;
  webhookId: string;
  eventId: string;
  payload: Loose;
}

/** An http server in the app's place that stores every webhook; `answer` decides the status (default 200). */
export interface WebhookReceiver {
  url: string;
  received: ReceivedWebhook[];
  answer: (webhook: ReceivedWebhook) => number;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const rawBody = Buffer.concat(chunks).toString('utf8');
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const webhook = {
        headers,
        rawBody,
        topic: headers['x-shopify-topic'] ?? '',
        webhookId: headers['x-shopify-webhook-id'] ?? '',
        eventId: headers['x-shopify-event-id'] ?? '',
        payload: rawBody.startsWith('{') ? JSON.parse(rawBody) : rawBody,
      };
      received.push(webhook);
      response.writeHead(receiver.answer(webhook)).end();
    });
  });
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    received,
    answer: () => 200,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** A sandbox in this process on a free port, with ways to call it as the app and as the console. */
export interface TestSandbox extends Sandbox {
  receiver: WebhookReceiver;
  /** Calls the control API; returns status and body. */
  control(method: string, path: string, body?: unknown): Promise<{ status: number; body: Loose }>;
  /** Runs an Admin operation with an access token of the demo shop; returns the whole GraphQL response. */
  graphql(query: string, variables?: Record<string, unknown>, token?: string): Promise<Loose>;
  /** Sends the same, returns the raw response. */
  send(query: string, variables?: Record<string, unknown>, token?: string): Promise<Response>;
  /** An access token by token exchange; the scopes are those granted at the time. */
  accessToken(shop?: string): Promise<string>;
}

export async function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const receiver = await startReceiver();
  const started = startSandbox({
    port: 0,
    appUrl: receiver.url,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    webhookRetryBaseMs: 10,
    ...options,
  });
  const sandbox = await started.catch(async (error: unknown) => {
    await receiver.close();
    throw error;
  });
  let known: string | null = null;

  const accessToken = async (shop = DEMO_SHOP) => {
    const signed = await control('POST', '/_control/session-tokens', { shop, surface: 'admin' });
    const answer = await requestToken(sandbox.origin, shop, exchangeBody(signed.body.token));
    return String(answer.body.access_token);
  };
  const control: TestSandbox['control'] = async (method, path, body) => {
    const response = await fetch(sandbox.origin + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  const send: TestSandbox['send'] = async (query, variables = {}, token) =>
    fetch(`${sandbox.origin}/admin/api/2026-07/graphql.json`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-sandbox-shop': DEMO_SHOP,
        'x-shopify-access-token': token ?? (known ??= await accessToken()),
      },
      body: JSON.stringify({ query, variables }),
    });
  return {
    ...sandbox,
    receiver,
    control,
    send,
    accessToken,
    graphql: async (query, variables, token) => (await send(query, variables, token)).json(),
    async close() {
      await sandbox.close();
      await receiver.close();
    },
  };
}

/** The body that shopify-api sends to exchange an id token for an expiring offline token. */
export function exchangeBody(idToken: string): Record<string, string> {
  return {
    client_id: API_KEY,
    client_secret: API_SECRET,
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: idToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
    expiring: '1',
  };
}

export async function requestToken(
  origin: string,
  shop: string,
  body: Record<string, string>,
): Promise<{ status: number; body: Loose }> {
  const response = await fetch(`${origin}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sandbox-shop': shop },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/**
 * The bed of a test file with Shopify, Twilio and our doors for Twilio beside it. Import it before anything of the app.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { MERCHANT_ACCOUNT } from './twilio.ts';

type Door = typeof import('#app/modules/messaging/doors/twilio-door.server.ts').twilioDoor;

let door: Door | null = null;
const server = http.createServer((req, res) => (door ? door(req, res) : res.writeHead(503).end()));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
/** Where the app is for Twilio. */
export const doorOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

process.env.SHOPIFY_APP_URL = doorOrigin;
const bed = await import('./sandbox-bed.ts');
const { twilioDoor, TWILIO_PREFIX } = await import('#app/modules/messaging/doors/twilio-door.server.ts');
door = (req, res) =>
  req.url?.startsWith(TWILIO_PREFIX) ? twilioDoor(req, res) : void res.writeHead(404).end();
const { connectChannel } = await import('#app/modules/messaging/channels/connect-channel.server.ts');

export const { sandbox } = bed;

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

export const MERCHANT_FORM = {
  account: 'own',
  accountSid: MERCHANT_ACCOUNT.sid,
  authToken: MERCHANT_ACCOUNT.authToken,
  serviceSid: MERCHANT_ACCOUNT.serviceSid,
};

/** Connects the shop with the merchant's account of the sandbox, set up for replies. */
export async function givenChannel(shop: { shopId: bigint; domain: string }): Promise<void> {
  const answer = await connectChannel({ ...shop, name: null }, MERCHANT_FORM, 'staff:1');
  if (!answer.ok) throw new Error(JSON.stringify(answer.errors));
  const { actOnChannel } = await import('#app/modules/messaging/channels/channel-screen.server.ts');
  await actOnChannel({ ...shop, name: null }, { intent: 'set_up' }, () => Promise.resolve('staff:1'));
}

/** A phone of the console sends a text; resolves when our door has answered. */
export async function textFrom(phone: string, body: string, to = '+14155550172'): Promise<void> {
  const answer = await sandbox.control('POST', '/_control/phones/text', { from: phone, to, body });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
}

/** Until Twilio has delivered everything and told us so. */
export const twilioIdle = () => sandbox.control('POST', '/_control/twilio/idle', {});

/** The addresses that Twilio calls. Shop and channel are in the path: they say whose token signed the request. */
import { env } from '#app/env.server.ts';

/** What every address of Twilio's callbacks begins with. */
export const TWILIO_PREFIX = '/twilio/';
/** Asks Twilio to try five times, whatever went wrong. It is for Twilio alone: never sent, never signed. */
const RETRIES = '#rc=5&rp=all';

export type CallbackKind = 'status' | 'inbound';

const pathOf = (kind: CallbackKind, shopId: bigint, channelId: bigint) =>
  `${TWILIO_PREFIX}${kind}/${shopId}/${channelId}`;

const origin = env.SHOPIFY_APP_URL.replace(/\/$/, '');

/** Where texts to a channel's numbers go. */
export function inboundAddress(shopId: bigint, channelId: bigint): string {
  return origin + pathOf('inbound', shopId, channelId) + RETRIES;
}

/** Where the statuses of one message go. */
export function statusAddress(shopId: bigint, channelId: bigint, messageId: bigint): string {
  return `${origin}${pathOf('status', shopId, channelId)}?m=${messageId}${RETRIES}`;
}

/** A request's address as we gave it to Twilio: behind a proxy, host and scheme of the request are others. */
export function givenAddress(url: string): string {
  return origin + url;
}

const PATH = /^\/twilio\/(status|inbound)\/(\d{1,18})\/(\d{1,18})$/;

/** Reads the address of a callback; null for one that isn't ours. */
export function readCallbackPath(
  pathname: string,
): { kind: CallbackKind; shopId: bigint; channelId: bigint } | null {
  const [, kind, shop = '', channel = ''] = PATH.exec(pathname) ?? [];
  if (kind !== 'status' && kind !== 'inbound') return null;
  return { kind, shopId: BigInt(shop), channelId: BigInt(channel) };
}

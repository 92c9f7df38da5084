import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isUtf8 } from 'node:buffer';

/** The headers of a genuine webhook. */
export interface WebhookFields {
  /** As Shopify writes it, e.g. `orders/paid`. */
  topic: string;
  /** `{shop}.myshopify.com`, lower case. */
  domain: string;
  apiVersion: string;
  webhookId: string;
  /** The merchant's action; several topics can share one. Null in the family of "events" webhooks. */
  eventId: string | null;
  triggeredAt: Date | null;
  /** The headers that Shopify set, as received. */
  headers: Record<string, string>;
}

/** 400: body or header missing or unusable; 401: the signature doesn't match. */
export type WebhookCheck =
  { ok: true; fields: WebhookFields } | { ok: false; status: 400 | 401; reason: string };

/** Shopify has two families of webhooks, distinguished by the prefix of their headers. */
const EVENTS = headerNames('shopify-');
const WEBHOOKS = headerNames('x-shopify-');

/** Longer values wouldn't fit an index row; Shopify's have fewer than 100 characters. */
const HEADER_LENGTH_MAX = 255;
const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
const ISO_MOMENT = /^\d{4}-\d\d-\d\dT/;

/**
 * Checks webhooks of the app with this client secret: same answers as `webhooks.validate` of @shopify/shopify-api
 * (test/unit/inbox/signature.test.ts holds the two equal), which is not called because it costs 340 us a request
 * where this costs 40 (imports the key and canonicalises all headers twice for each one).
 */
export function webhookVerifier(
  secret: string,
): (headers: IncomingHttpHeaders, rawBody: Buffer) => WebhookCheck {
  const key = createSecretKey(Buffer.from(secret, 'utf8'));
  return (headers, rawBody) => {
    const names = header(headers, EVENTS.hmac) === '' ? WEBHOOKS : EVENTS;
    const hmac = header(headers, names.hmac);
    if (rawBody.length === 0) return { ok: false, status: 400, reason: 'missing_body' };
    if (hmac === '') return { ok: false, status: 400, reason: 'missing_hmac' };
    if (!isSignedBy(key, rawBody, hmac)) return { ok: false, status: 401, reason: 'invalid_hmac' };
    if (names.required.some((name) => header(headers, name) === '')) {
      return { ok: false, status: 400, reason: 'missing_headers' };
    }
    return readFields(headers, names);
  };
}

/** Whether a request carries a signature at all, right or wrong. */
export function hasSignature(headers: IncomingHttpHeaders): boolean {
  return header(headers, EVENTS.hmac) !== '' || header(headers, WEBHOOKS.hmac) !== '';
}

/**
 * True when `rawBody` can be stored as text and begins and ends like a JSON object or list, so that what was cut off
 * or is no JSON at all is refused. Parsing it here would cost more than everything else at the door (half the
 * throughput, docs/benchmarks.md); what is broken within is found by the worker and ends as a dead letter.
 */
export function isJsonBody(rawBody: Buffer): boolean {
  const last = lastCharacter(rawBody);
  const closing = CLOSING_BYTES.get(firstCharacter(rawBody));
  return closing !== undefined && closing === last && isUtf8(rawBody) && !rawBody.includes(0);
}

const BYTE = { tab: 0x09, lineFeed: 0x0a, carriageReturn: 0x0d, space: 0x20 };
const CLOSING_BYTES = new Map([
  ['{'.charCodeAt(0), '}'.charCodeAt(0)],
  ['['.charCodeAt(0), ']'.charCodeAt(0)],
]);

function isSpace(byte: number | undefined): boolean {
  return byte === BYTE.space || byte === BYTE.lineFeed || byte === BYTE.carriageReturn || byte === BYTE.tab;
}

function firstCharacter(bytes: Buffer): number {
  let at = 0;
  while (isSpace(bytes[at])) at += 1;
  return bytes[at] ?? 0;
}

function lastCharacter(bytes: Buffer): number {
  let at = bytes.length - 1;
  while (isSpace(bytes[at])) at -= 1;
  return bytes[at] ?? 0;
}

function isSignedBy(key: KeyObject, rawBody: Buffer, hmac: string): boolean {
  const expected = Buffer.from(createHmac('sha256', key).update(rawBody).digest('base64'));
  const given = Buffer.from(hmac);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

interface HeaderNames {
  hmac: string;
  topic: string;
  domain: string;
  apiVersion: string;
  webhookId: string;
  eventId: string;
  triggeredAt: string;
  required: readonly string[];
  kept: readonly string[];
}

function headerNames(prefix: string): HeaderNames {
  const names = {
    hmac: `${prefix}hmac-sha256`,
    topic: `${prefix}topic`,
    domain: `${prefix}shop-domain`,
    apiVersion: `${prefix}api-version`,
    webhookId: `${prefix}webhook-id`,
    eventId: `${prefix}event-id`,
    triggeredAt: `${prefix}triggered-at`,
  };
  const others = ['name', 'handle', 'action'].map((name) => prefix + name);
  const required = [names.topic, names.domain, names.apiVersion, names.webhookId];
  return { ...names, required, kept: [...Object.values(names), ...others] };
}

function readFields(headers: IncomingHttpHeaders, names: HeaderNames): WebhookCheck {
  const domain = header(headers, names.domain).toLowerCase();
  if (!SHOP_DOMAIN.test(domain)) return { ok: false, status: 400, reason: 'invalid_shop_domain' };
  const kept: Record<string, string> = {};
  for (const name of names.kept) {
    const value = header(headers, name);
    if (value.length > HEADER_LENGTH_MAX) return { ok: false, status: 400, reason: 'header_too_long' };
    if (value !== '') kept[name] = value;
  }
  const fields: WebhookFields = {
    topic: header(headers, names.topic).toLowerCase(),
    domain,
    apiVersion: header(headers, names.apiVersion),
    webhookId: header(headers, names.webhookId),
    eventId: header(headers, names.eventId) || null,
    triggeredAt: readMoment(header(headers, names.triggeredAt)),
    headers: kept,
  };
  return { ok: true, fields };
}

function readMoment(text: string): Date | null {
  if (!ISO_MOMENT.test(text)) return null;
  const timestamp = new Date(text);
  return Number.isNaN(timestamp.getTime()) ? null : timestamp;
}

/** Node has already joined repeated headers; an absent one is the empty string. */
function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

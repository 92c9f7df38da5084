import fs from 'node:fs';
import path from 'node:path';

/** A real web order of 2026-02 (fixtures/webhooks/SOURCES.md): one line, 90.16 AUD, paid. */
const FIXTURE = path.resolve(
  import.meta.dirname,
  '../../fixtures/webhooks/orders_paid__real_web_2026-02_no_discount.json',
);
const ORDER_ID = '7024924328248';
const CUSTOMER_ID = '9974938960184';

/** The size that busy shops send; the fixture has 7.7 KB without its line breaks. */
const PAYLOAD_BYTES = 9_900;
/** Long runs of digits replaced tokens in the capture; genuine tokens are hexadecimal. */
const TOKEN = /0{30}\d\d/g;

/** The currency of the order below. */
export const ORDER_CURRENCY = 'AUD';

/**
 * Returns the text of an `orders/paid` payload of 9.9 KB in which the ids of order and customer are `orderId` and
 * `customerId` (13 digits, or the length changes). Apps like to fill `note_attributes`; so do we, with text that
 * compresses as badly as tokens do.
 */
export function orderPayload(orderId: string, customerId: string): string {
  return template().replaceAll(ORDER_ID, orderId).replaceAll(CUSTOMER_ID, customerId);
}

/** The payload with these placeholders for the ids, to be filled in by the database. */
export function orderPayloadTemplate(): { text: string; orderId: string; customerId: string } {
  return { text: template(), orderId: ORDER_ID, customerId: CUSTOMER_ID };
}

let cached: string | undefined;

function template(): string {
  if (cached !== undefined) return cached;
  const order = JSON.parse(fs.readFileSync(FIXTURE, 'utf8').replaceAll(TOKEN, pseudoToken(32, 1)));
  const missing = (): number => PAYLOAD_BYTES - Buffer.byteLength(JSON.stringify(order));
  for (let seed = 2; missing() > 200; seed += 1) {
    order.note_attributes.push({ name: `attribution_${seed}`, value: pseudoToken(120, seed) });
  }
  order.note = pseudoToken(Math.max(0, missing() + 2), 99);
  cached = JSON.stringify(order);
  return cached;
}

/** The same on every run, and it doesn't compress. */
function pseudoToken(length: number, seed: number): string {
  let text = '';
  let state = seed;
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += (state >>> 8).toString(36);
  }
  return text.slice(0, length);
}

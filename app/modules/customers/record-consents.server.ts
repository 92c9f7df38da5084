/** Marketing consent from Shopify: the two topics that carry it; customers/update does not. */
import type { Transaction } from '#app/db.server.ts';
import { optionalTimestamp, optionalText, readId, readObject } from '#app/lib/decode.ts';
import { bigintArray, timestampArray } from '#app/lib/pg-arrays.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { logConsents } from './log-consents.server.ts';
import { recordCustomers, type CustomerUpdate } from './record-customers.server.ts';
import { CONSENTS, type Consent } from './rules/customer-record.ts';

const CHANNELS = {
  'customers_marketing_consent/update': {
    part: 'sms_marketing_consent',
    field: 'smsConsent',
    column: 'sms_consent',
    name: 'sms',
  },
  'customers_email_marketing_consent/update': {
    part: 'email_marketing_consent',
    field: 'emailConsent',
    column: 'email_consent',
    name: 'email',
  },
} as const;

type Channel = (typeof CHANNELS)[keyof typeof CHANNELS];

interface ConsentEvent {
  shopId: bigint;
  customerId: bigint;
  channel: Channel;
  state: Consent | null;
  /** When the customer gave or withdrew it; null when Shopify does not say. */
  saidAt: Date | null;
  triggeredAt: Date;
}

/** When consent changed and how we know: a source that staff entered for the same time stays. */
const storeConsentTimes = (column: Channel['column']) => `
  UPDATE customers c SET ${column}_source = CASE WHEN date_trunc('second', c.${column}_at) = date_trunc('second', n.said_at)
      THEN c.${column}_source ELSE 'shopify' END, ${column}_at = n.said_at
  FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[]) AS n (shop_id, customer_id, state, said_at)
  WHERE c.shop_id = n.shop_id AND c.customer_id = n.customer_id AND c.state = 'active' AND c.${column} = n.state`;

/**
 * Processes consent events as a set, in any order and any number of times: the latest wins and goes into the history.
 * @throws DecodeError when a payload cannot be read.
 */
export async function recordConsents(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  const consents = events.flatMap((event) => readConsent(event) ?? []);
  const updates = consents.map(({ shopId, customerId, channel, state, triggeredAt }): CustomerUpdate => ({
    shopId,
    customerId,
    at: triggeredAt,
    source: 'shopify',
    actor: 'shopify',
    fields: { [channel.field]: state },
  }));
  await recordCustomers(tx, updates);
  for (const channel of Object.values(CHANNELS)) {
    const latest = latestOfEach(consents.filter((each) => each.channel === channel));
    await tx.query(storeConsentTimes(channel.column), [
      bigintArray(latest.map(({ shopId }) => shopId)),
      bigintArray(latest.map(({ customerId }) => customerId)),
      latest.map(({ state }) => state),
      timestampArray(latest.map(({ saidAt, triggeredAt }) => saidAt ?? triggeredAt)),
    ]);
    await logConsents(tx, channel.name, latest, 'shopify');
  }
}

/** The e-mail topic names the customer `customer_id`, the SMS topic `id`. */
function readConsent({ shopId, topic, triggeredAt, payload }: ShopEvent): ConsentEvent | null {
  const channel = Object.entries(CHANNELS).find(([name]) => name === topic)?.[1];
  if (!channel) return null;
  const source = readObject(payload, 'consent');
  const consent = readObject(source[channel.part], `consent.${channel.part}`);
  const state = optionalText(consent.state)?.toLowerCase() ?? null;
  return {
    shopId,
    customerId: readId({ id: source.customer_id ?? source.id ?? null }, 'consent.customer'),
    channel,
    state: CONSENTS.find((known) => known === state) ?? null,
    saidAt: optionalTimestamp(consent.consent_updated_at, `consent.${channel.part}.consent_updated_at`),
    triggeredAt,
  };
}

function latestOfEach(consents: readonly ConsentEvent[]): ConsentEvent[] {
  const latest = new Map<string, ConsentEvent>();
  for (const one of consents.toSorted((a, b) => a.triggeredAt.getTime() - b.triggeredAt.getTime()))
    latest.set(`${one.shopId}/${one.customerId}`, one);
  return [...latest.values()];
}

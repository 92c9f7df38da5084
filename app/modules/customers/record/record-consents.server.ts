/** What customers said to marketing at Shopify: the two topics that tell of it, customers/update does not. */
import type { Transaction } from '#app/db.server.ts';
import { optionalMoment, optionalText, readId, readObject } from '#app/lib/decode.ts';
import { bigintArray, momentArray } from '#app/lib/pg-arrays.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { recordCustomers, type SeenCustomer } from '../record-customers.server.ts';
import { CONSENTS, type Consent } from '../rules/customer-record.ts';

const CHANNELS = {
  'customers_marketing_consent/update': {
    part: 'sms_marketing_consent',
    field: 'smsConsent',
    column: 'sms_consent',
  },
  'customers_email_marketing_consent/update': {
    part: 'email_marketing_consent',
    field: 'emailConsent',
    column: 'email_consent',
  },
} as const;

type Channel = (typeof CHANNELS)[keyof typeof CHANNELS];

interface Said {
  shopId: bigint;
  customerId: bigint;
  channel: Channel;
  state: Consent | null;
  /** When the customer said it; null when Shopify does not say. */
  saidAt: Date | null;
  triggeredAt: Date;
}

/** When it was said and how it is known: what staff wrote down of the same moment stays. */
const keepMoments = (column: Channel['column']) => `
  UPDATE customers c SET ${column}_source = CASE WHEN date_trunc('second', c.${column}_at) = date_trunc('second', n.said_at)
      THEN c.${column}_source ELSE 'shopify' END, ${column}_at = n.said_at
  FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[]) AS n (shop_id, customer_id, state, said_at)
  WHERE c.shop_id = n.shop_id AND c.customer_id = n.customer_id AND c.state = 'active' AND c.${column} = n.state`;

/**
 * Works consents as a set, in any order and any number of times: the later one wins and goes into the history.
 * @throws DecodeError when a payload cannot be read.
 */
export async function recordConsents(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  const said = events.flatMap((event) => readConsent(event) ?? []);
  const seen = said.map(({ shopId, customerId, channel, state, triggeredAt }): SeenCustomer => ({
    shopId,
    customerId,
    at: triggeredAt,
    source: 'shopify',
    actor: 'shopify',
    fields: { [channel.field]: state },
  }));
  await recordCustomers(tx, seen);
  for (const channel of Object.values(CHANNELS)) {
    const latest = latestOfEach(said.filter((each) => each.channel === channel));
    await tx.query(keepMoments(channel.column), [
      bigintArray(latest.map(({ shopId }) => shopId)),
      bigintArray(latest.map(({ customerId }) => customerId)),
      latest.map(({ state }) => state),
      momentArray(latest.map(({ saidAt, triggeredAt }) => saidAt ?? triggeredAt)),
    ]);
  }
}

function readConsent({ shopId, topic, triggeredAt, payload }: ShopEvent): Said | null {
  const channel = Object.entries(CHANNELS).find(([name]) => name === topic)?.[1];
  if (!channel) return null;
  const source = readObject(payload, 'consent');
  const consent = readObject(source[channel.part], `consent.${channel.part}`);
  const state = optionalText(consent.state)?.toLowerCase() ?? null;
  return {
    shopId,
    customerId: readId({ id: source.customer_id ?? null }, 'consent.customer'),
    channel,
    state: CONSENTS.find((known) => known === state) ?? null,
    saidAt: optionalMoment(consent.consent_updated_at, `consent.${channel.part}.consent_updated_at`),
    triggeredAt,
  };
}

function latestOfEach(said: readonly Said[]): Said[] {
  const latest = new Map<string, Said>();
  for (const one of said.toSorted((a, b) => a.triggeredAt.getTime() - b.triggeredAt.getTime()))
    latest.set(`${one.shopId}/${one.customerId}`, one);
  return [...latest.values()];
}

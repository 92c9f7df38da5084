/** Each recipient's own text, counted and priced, or why there is none: the same for the quote and for sending. */
import type { Queryable } from '#app/db.server.ts';
import { env } from '#app/env.server.ts';
import { formatMoney, formatNumber } from '#app/lib/format.ts';
import { randomCode } from '#app/lib/ids.ts';
import { countryOfPhone } from '#app/lib/phone.ts';
import type { CustomerSelection } from '#app/modules/segments/selection.server.ts';
import { findSmsChannel, listSenders, type Channel, type Sender } from '../channels/channel-rows.server.ts';
import { loadAddressHash } from '../consent/address-hash.server.ts';
import { countParts } from '../rules/count-parts.ts';
import { normalizeBody } from '../rules/message-body.ts';
import { listCurrentPrices } from '../wallet/prices.server.ts';
import type { ExclusionReason } from './campaign-reasons.ts';
import { readRecipients, type Recipient } from './read-recipients.server.ts';
import { isClosedCountry, rulesOfCountry } from './rules/countries.ts';
import { fillText, hasLink, withStopLine, type TextLanguage } from './rules/fill-text.ts';

/** Twilio takes no more (docs/api/errors/21617). */
const BODY_UNITS_MAX = 1_600;
const STOP_CODE_CHARACTERS = 10;
const NORTH_AMERICA = new Set(['US', 'CA']);

export interface CampaignShop {
  shopId: bigint;
  name: string | null;
  currency: string;
}

export interface CampaignText {
  language: TextLanguage;
  text: string;
  selection: CustomerSelection;
}

export interface PlannedRecipient {
  customerId: bigint;
  to: string | null;
  hash: string | null;
  country: string | null;
  body: string | null;
  parts: number;
  priceMicros: bigint;
  stopCode: string | null;
  excluded: ExclusionReason | null;
}

interface Plan {
  shop: CampaignShop;
  campaign: CampaignText;
  channel: Channel;
  senders: readonly Sender[];
  prices: ReadonlyMap<string, bigint>;
  hashOf: (address: string) => string;
  seen: Set<string>;
}

/** Yields what every customer of the audience would get, in batches; nothing when the shop has no channel. */
export async function* planRecipients(
  db: Queryable,
  shop: CampaignShop,
  campaign: CampaignText,
): AsyncGenerator<PlannedRecipient[]> {
  const channel = await findSmsChannel(db, shop.shopId);
  if (!channel) return;
  const hash = await loadAddressHash(db, shop.shopId);
  const plan: Plan = {
    shop,
    campaign,
    channel,
    senders: await listSenders(db, shop.shopId, channel.channelId),
    prices: new Map((await listCurrentPrices(db)).map(({ country, priceMicros }) => [country, priceMicros])),
    hashOf: (address) => hash('sms', address),
    seen: new Set(),
  };
  const hasBalances = /\{\{\s*(?:points|credit)\b/.test(campaign.text);
  for await (const batch of readRecipients(db, shop.shopId, campaign.selection, hasBalances)) {
    const hashes = batch.flatMap(({ phone }) => (phone === null ? [] : [plan.hashOf(phone)]));
    const { rows } = await db.query<{ hash: string }>(
      `SELECT address_hash AS hash FROM suppressions WHERE shop_id = $1 AND channel = 'sms' AND lifted_at IS NULL
          AND address_hash = ANY($2::text[])`,
      [shop.shopId, hashes],
    );
    const stopped = new Set(rows.map((row) => row.hash));
    yield batch.map((recipient) => planOne(plan, recipient, stopped));
  }
}

function planOne(plan: Plan, recipient: Recipient, stopped: ReadonlySet<string>): PlannedRecipient {
  const { customerId, phone } = recipient;
  const country = phone === null ? null : countryOfPhone(phone);
  const hash = phone === null ? null : plan.hashOf(phone);
  const known = { customerId, to: phone, hash, country };
  const leftOut = (excluded: ExclusionReason): PlannedRecipient => ({
    ...known,
    body: null,
    parts: 0,
    priceMicros: 0n,
    stopCode: null,
    excluded,
  });
  if (phone === null || hash === null) return leftOut('no_phone');
  if (recipient.smsConsent !== 'subscribed') return leftOut('no_consent');
  if (stopped.has(hash)) return leftOut('opted_out');
  if (country === null) return leftOut('country_unknown');
  if (isClosedCountry(country)) return leftOut('country_closed');
  const isPlatform = plan.channel.account === 'platform';
  const priceMicros = isPlatform ? (plan.prices.get(country) ?? null) : 0n;
  if (priceMicros === null) return leftOut('no_price');
  const stop = wayToStop(plan, country);
  if (stop !== 'word' && stop !== 'link') return leftOut(stop);
  if (plan.seen.has(hash)) return leftOut('same_number');
  const stopCode =
    stop === 'link' ? `${plan.shop.shopId.toString(36)}-${randomCode(STOP_CODE_CHARACTERS)}` : null;
  const body = normalizeBody(
    withStopLine(
      fillText(plan.campaign.text, valuesOf(plan, recipient)),
      plan.campaign.language,
      stopCode === null ? null : stopAddress(stopCode),
    ),
  );
  if (body.length > BODY_UNITS_MAX) return leftOut('too_long');
  plan.seen.add(hash);
  return { ...known, body, parts: countParts(body).partsAtMost, priceMicros, stopCode, excluded: null };
}

/** How a recipient of a country can stop: where their answer reaches us by a word, else by a link; or why neither. */
function wayToStop({ senders, campaign }: Plan, country: string): 'word' | 'link' | ExclusionReason {
  const rules = rulesOfCountry(country);
  const isLinked = hasLink(campaign.text);
  if (isLinked && rules.links === 'banned') return 'link_banned';
  if (isLinked && rules.links === 'registered') return 'link_not_registered';
  // Outside North America a service sends from its name, which takes no answer.
  const isName = senders.some(({ kind }) => kind === 'name') && !NORTH_AMERICA.has(country);
  if (rules.hasReplies && !isName && senders.some(({ replies }) => replies)) return 'word';
  if (rules.links === 'free') return 'link';
  return rules.links === 'banned' ? 'no_way_to_stop' : 'link_not_registered';
}

/** The page where a recipient stops with one button. */
function stopAddress(code: string): string {
  return `${env.SHOPIFY_APP_URL.replace(/\/$/, '')}/u/${code}`;
}

function valuesOf({ shop, campaign: { language } }: Plan, recipient: Recipient) {
  return {
    first_name: recipient.firstName ?? '',
    points: formatNumber(recipient.points, language),
    credit: formatMoney(recipient.creditMinor, shop.currency, language),
    tier: recipient.tier ?? '',
    shop: shop.name ?? '',
  };
}

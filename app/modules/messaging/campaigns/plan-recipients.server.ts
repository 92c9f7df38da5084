/** Each recipient's own text, counted and priced, or why there is none. */
import type { Queryable } from '#app/db.server.ts';
import { env } from '#app/env.server.ts';
import { formatDay, formatMoney, formatNumber } from '#app/lib/format.ts';
import { countryOfPhone } from '#app/lib/phone.ts';
import { findSmsChannel, listSenders, type Channel, type Sender } from '../channels/channel-rows.server.ts';
import { NORTH_AMERICA } from '../channels/choose-sender.sql.ts';
import { loadAddressHash } from '../consent/address-hash.server.ts';
import { findBadNumbers } from '../delivery/bad-numbers.server.ts';
import { newLinkCode } from '../link-code.ts';
import { loadCountryLimits, type CountryLimit } from '../limits/load-limits.server.ts';
import { isClosedCountry, rulesOfCountry } from '../limits/rules/countries.ts';
import { recipientZones } from '../limits/rules/recipient-zones.ts';
import { countParts } from '../rules/count-parts.ts';
import { normalizeBody } from '../rules/message-body.ts';
import { listCurrentPrices } from '../wallet/prices.server.ts';
import type { ExclusionReason } from './campaign-reasons.ts';
import { loadCampaignShop, type CampaignShop } from './campaign-shop.server.ts';
import { isHeldBack } from './holdout.ts';
import { readRecipients, type Recipient } from './read-recipients.server.ts';
import { allTexts, textFor, withStopLine, type TextLanguage, type Texts } from './rules/campaign-texts.ts';
import { withCountedLinks } from './rules/counted-links.ts';
import { fillText, hasCallback, hasLink, variablesOf, type Variable } from './rules/fill-text.ts';

/** Twilio takes no more (docs/api/errors/21617). */
const BODY_UNITS_MAX = 1_600;

export interface PlannedRecipient {
  customerId: bigint;
  to: string | null;
  hash: string | null;
  country: string | null;
  /** Null where it may be any of the country's. */
  zones: readonly string[] | null;
  body: string | null;
  parts: number;
  priceMicros: bigint;
  /** Of its links: how to stop, and those that are counted. Null where it has none. */
  code: string | null;
  excluded: ExclusionReason | null;
}

export interface PlannedCampaign extends Texts {
  campaignId: bigint;
  holdoutPercent: number;
  /** Where its counted links lead; empty where none is counted. */
  linkTargets: readonly string[];
}

/** What holds for all recipients of a campaign. */
export interface Plan {
  shop: CampaignShop;
  campaign: PlannedCampaign;
  channel: Channel;
  senders: readonly Sender[];
  prices: ReadonlyMap<string, bigint>;
  limits: ReadonlyMap<string, CountryLimit>;
  hashOf: (address: string) => string;
  named: ReadonlySet<Variable>;
}

/** Prepares the planning of a campaign's recipients; null when the shop has no channel. */
export async function openPlan(
  db: Queryable,
  shopId: bigint,
  campaign: PlannedCampaign,
): Promise<Plan | null> {
  const channel = await findSmsChannel(db, shopId);
  if (!channel) return null;
  const hash = await loadAddressHash(db, shopId);
  return {
    shop: await loadCampaignShop(db, shopId),
    campaign,
    channel,
    senders: await listSenders(db, shopId, channel.channelId),
    prices: new Map((await listCurrentPrices(db)).map(({ country, priceMicros }) => [country, priceMicros])),
    limits: await loadCountryLimits(db, shopId),
    hashOf: (address) => hash('sms', address),
    named: new Set(allTexts(campaign).flatMap((text) => [...variablesOf(text)])),
  };
}

const SUPPRESSED = `SELECT address_hash AS hash FROM suppressions WHERE shop_id = $1 AND channel = 'sms' AND lifted_at IS NULL
  AND address_hash = ANY($2::text[])`;
/** A number gets one message of a campaign, whatever the batch in which its customers are. */
const TAKEN = `SELECT address_hash AS hash FROM messages WHERE shop_id = $1 AND campaign_id = $3 AND state = 'planned'
  AND address_hash = ANY($2::text[])`;

/**
 * Plans a batch of customers. What the campaign has planned before is read, so that it goes on where it was broken off;
 * `before` is the batch that may not be stored yet.
 */
export async function planBatch(
  db: Queryable,
  plan: Plan,
  customerIds: readonly bigint[],
  before: readonly PlannedRecipient[] = [],
): Promise<PlannedRecipient[]> {
  const recipients = await readRecipients(db, plan.shop, customerIds, plan.named);
  const hashOf = new Map(
    recipients.flatMap(({ phone }) => (phone === null ? [] : [[phone, plan.hashOf(phone)]])),
  );
  const hashes = [...new Set(hashOf.values())];
  const read = async (sql: string, values: unknown[]) =>
    new Set((await db.query<{ hash: string }>(sql, values)).rows.map((row) => row.hash));
  const { shopId } = plan.shop;
  const stopped = await read(SUPPRESSED, [shopId, hashes]);
  const taken = await read(TAKEN, [shopId, hashes, plan.campaign.campaignId]);
  for (const { hash, excluded } of before) if (hash !== null && excluded === null) taken.add(hash);
  const bad = await findBadNumbers(db, shopId, hashes);
  return recipients.map((recipient) => planOne(plan, recipient, { hashOf, stopped, bad, taken }));
}

interface KnownNumbers {
  hashOf: ReadonlyMap<string, string>;
  stopped: ReadonlySet<string>;
  bad: ReadonlySet<string>;
  taken: Set<string>;
}

function planOne(
  plan: Plan,
  recipient: Recipient,
  { hashOf, stopped, bad, taken }: KnownNumbers,
): PlannedRecipient {
  const { customerId, phone, addressCountry, provinceCode } = recipient;
  const country = phone === null ? null : countryOfPhone(phone);
  const hash = phone === null ? null : (hashOf.get(phone) ?? null);
  const zones =
    phone === null || country === null
      ? null
      : recipientZones({ phone, country, addressCountry, provinceCode });
  const known = { customerId, to: phone, hash, country, zones };
  const leftOut = (excluded: ExclusionReason): PlannedRecipient => ({
    ...known,
    body: null,
    parts: 0,
    priceMicros: 0n,
    code: null,
    excluded,
  });
  if (phone === null || hash === null) return leftOut('no_phone');
  if (recipient.smsConsent !== 'subscribed') return leftOut('no_consent');
  if (stopped.has(hash)) return leftOut('opted_out');
  if (bad.has(hash)) return leftOut('bad_number');
  if (country === null) return leftOut('country_unknown');
  if (isClosedCountry(country)) return leftOut('country_closed');
  const priceMicros = plan.channel.account === 'platform' ? plan.prices.get(country) : 0n;
  if (priceMicros === undefined) return leftOut('no_price');
  const chosen = textFor(plan.campaign, recipient.locale);
  const stop = wayToStop(plan, country, chosen.text);
  if (stop !== 'word' && stop !== 'link') return leftOut(stop);
  if (taken.has(hash)) return leftOut('same_number');
  const { campaignId, holdoutPercent } = plan.campaign;
  if (isHeldBack(campaignId, customerId, holdoutPercent)) return leftOut('holdout');
  const code = codeFor(plan, stop);
  const body = bodyOf(plan, recipient, chosen, { country, stop, code });
  if (body.length > BODY_UNITS_MAX) return leftOut('too_long');
  taken.add(hash);
  return { ...known, body, parts: countParts(body).partsAtMost, priceMicros, code, excluded: null };
}

/** A code for the links of a message; null for one without. */
export function codeFor({ shop, campaign }: Pick<Plan, 'shop' | 'campaign'>, stop: 'word' | 'link') {
  return stop === 'link' || campaign.linkTargets.length > 0 ? newLinkCode(shop.shopId) : null;
}

/** The text as the recipient gets it. */
export function bodyOf(
  { shop, campaign }: Pick<Plan, 'shop' | 'campaign'>,
  recipient: Recipient,
  { language, text }: { language: TextLanguage; text: string },
  { country, stop, code }: { country: string; stop: 'word' | 'link'; code: string | null },
): string {
  const counted =
    code === null
      ? text
      : withCountedLinks(text, campaign.linkTargets, (target) => addressOf(`/l/${code}${target}`));
  const filled = fillText(counted, valuesOf(shop, recipient, language));
  const link = stop === 'word' || code === null ? null : addressOf(`/u/${code}`);
  return normalizeBody(withStopLine(filled, { language, country, link }));
}

/** How a recipient of a country can stop: where their answer reaches us by a word, else by a link; or why neither. */
export function wayToStop(
  { senders, limits }: Pick<Plan, 'senders' | 'limits'>,
  country: string,
  text: string,
): 'word' | 'link' | ExclusionReason {
  const { links, hasReplies } = rulesOfCountry(country);
  const isFree =
    links === 'free' || (links === 'registered' && limits.get(country)?.linksRegistered === true);
  if (hasLink(text) && !isFree) return links === 'banned' ? 'link_banned' : 'link_not_registered';
  if (links === 'banned' && hasCallback(text)) return 'callback_banned';
  // Outside North America we send from a name, which takes no answer.
  const isName =
    senders.some(({ kind }) => kind === 'name') && !NORTH_AMERICA.some((each) => each === country);
  if (hasReplies && !isName && senders.some(({ replies }) => replies)) return 'word';
  if (isFree) return 'link';
  return links === 'banned' ? 'no_way_to_stop' : 'link_not_registered';
}

const addressOf = (path: string): string => `${env.SHOPIFY_APP_URL.replace(/\/$/, '')}${path}`;

function valuesOf(
  shop: CampaignShop,
  recipient: Recipient,
  language: TextLanguage,
): Record<Variable, string> {
  // Formatted only where a text names them: they take longer than the rest of a recipient.
  return {
    first_name: recipient.firstName ?? '',
    get points() {
      return formatNumber(recipient.points, language);
    },
    get credit() {
      return formatMoney(recipient.creditMinor, shop.currency, language);
    },
    get expiring() {
      return formatNumber(recipient.expiring, language);
    },
    get expiring_on() {
      return recipient.expiringOn === null
        ? ''
        : formatDay(new Date(`${recipient.expiringOn}T00:00:00Z`), language, 'UTC');
    },
    tier: recipient.tier ?? '',
    club: shop.club,
    shop: shop.name,
  };
}

/** A test of a campaign: one message to a number of staff's, charged, and marked as a test in the history. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { randomCode } from '#app/lib/ids.ts';
import type { FieldErrorCode, FieldErrors } from '#app/lib/field-errors.ts';
import { countryOfPhone, readPhone } from '#app/lib/phone.ts';
import { queueMessage } from '../delivery/queue-message.server.ts';
import { isClosedCountry } from '../limits/rules/countries.ts';
import { SpendingLimitReached } from '../wallet/post-wallet.server.ts';
import { findCampaign } from './campaign-rows.server.ts';
import { bodyOf, codeFor, openPlan, wayToStop, type Plan } from './plan-recipients.server.ts';
import { readRecipients, type Recipient } from './read-recipients.server.ts';
import { TEXT_LANGUAGES } from './rules/campaign-texts.ts';

type Tested = { ok: true } | { ok: false; errors: FieldErrors };

const refuse = (field: string, code: FieldErrorCode): Tested => ({
  ok: false,
  errors: { [field]: { code } },
});
const VALID_MINUTES = 60;

/** Sends the campaign's text in a language to a number; with the words of its first recipient, if there is one. */
export async function sendTest(
  shop: { shopId: bigint; country: string | null },
  campaignId: bigint,
  asked: { phone: string; language: string },
  actor: string,
): Promise<Tested> {
  const campaign = await findCampaign(pool, shop.shopId, campaignId);
  const plan = campaign && (await openPlan(pool, shop.shopId, campaign));
  if (!plan || campaign.text === '') return refuse('form', 'changed_meanwhile');
  if (plan.channel.pausedAt !== null) return refuse('form', 'channel_paused');
  const read = readPhone(asked.phone, [shop.country]);
  if (!read.ok) return refuse('phone', read.reason);
  const language = TEXT_LANGUAGES.find((each) => each === asked.language) ?? campaign.language;
  const text = language === campaign.language ? campaign.text : campaign.texts[language];
  if (text === undefined) return refuse('language', 'invalid');
  const country = countryOfPhone(read.phone);
  const price = priceOf(plan, country);
  if (country === null || isClosedCountry(country) || price === null)
    return refuse('phone', 'country_not_served');
  const stop = wayToStop(plan, country, text);
  if (stop !== 'word' && stop !== 'link') return refuse('phone', 'not_allowed_there');
  const code = codeFor(plan, stop);
  const body = bodyOf(plan, await exampleOf(plan), { language, text }, { country, stop, code });
  const message = { to: read.phone, country, body, price, code, actor };
  try {
    return await withTransaction((tx) => store(tx, plan, message));
  } catch (error) {
    if (error instanceof SpendingLimitReached) return refuse('form', 'over_monthly_limit');
    throw error;
  }
}

function priceOf({ channel, prices }: Plan, country: string | null): bigint | null {
  if (channel.account === 'own') return 0n;
  return country === null ? null : (prices.get(country) ?? null);
}

/** The first of the recipients; without one, a customer of whom nothing is known. */
async function exampleOf(plan: Plan): Promise<Recipient> {
  const { rows } = await pool.query<{ customerId: bigint }>(
    `SELECT customer_id AS "customerId" FROM messages WHERE shop_id = $1 AND campaign_id = $2 AND state = 'planned' ORDER BY message_id LIMIT 1`,
    [plan.shop.shopId, plan.campaign.campaignId],
  );
  const [first] = rows;
  const [found] = first ? await readRecipients(pool, plan.shop, [first.customerId], plan.named) : [];
  return found ?? NOBODY;
}

const NOBODY: Recipient = {
  customerId: 0n,
  firstName: null,
  phone: null,
  locale: null,
  addressCountry: null,
  provinceCode: null,
  smsConsent: null,
  tier: null,
  points: 0n,
  creditMinor: 0n,
  expiring: 0n,
  expiringOn: null,
};

interface TestMessage {
  to: string;
  country: string;
  body: string;
  price: bigint;
  code: string | null;
  actor: string;
}

async function store(tx: Transaction, plan: Plan, message: TestMessage): Promise<Tested> {
  const { price, code, ...rest } = message;
  const queued = await queueMessage(tx, plan.channel, {
    ...rest,
    key: `test:${randomCode()}`,
    customerId: null,
    stopCode: code,
    testOf: plan.campaign.campaignId,
    hash: plan.hashOf(message.to),
    priceMicros: price,
    class: 'test',
    validMinutes: VALID_MINUTES,
  });
  if (queued === 'opted_out') return refuse('phone', 'opted_out');
  return queued === 'queued' ? { ok: true } : refuse('form', 'wallet_too_low');
}

/** The number to which this member of staff sent the last test; empty before the first. */
export async function lastTestNumber(shopId: bigint, actor: string): Promise<string> {
  const { rows } = await pool.query<{ phone: string | null }>(
    `SELECT to_address AS phone FROM messages WHERE shop_id = $1 AND class = 'test' AND actor = $2 ORDER BY message_id DESC LIMIT 1`,
    [shopId, actor],
  );
  return rows[0]?.phone ?? '';
}

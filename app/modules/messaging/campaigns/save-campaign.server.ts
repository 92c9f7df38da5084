/** The form of a campaign. */
import { z } from 'zod';
import { pool, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { isStorableDay } from '#app/lib/storable.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { readSelection } from '#app/modules/segments/selection.server.ts';
import { findSmsChannel } from '../channels/channel-rows.server.ts';
import { instantOf } from '../limits/rules/send-time.ts';
import { AUDIENCE_KINDS, filterOf, NUMBERS_MAX, WITHOUT_MAX, type AudienceKind } from './audience.ts';
import { lockCampaign } from './campaign-rows.server.ts';
import { CHANGEABLE } from './campaign-states.ts';
import { withdraw } from './move-campaign.server.ts';
import { readNumbers } from './read-numbers.server.ts';
import { TEXT_LANGUAGES, type TextLanguage } from './rules/campaign-texts.ts';
import { linkTargets } from './rules/counted-links.ts';
import { checkText } from './rules/fill-text.ts';

const NAME_CHARACTERS_MAX = 80;
export const TEXT_CHARACTERS_MAX = 1_000;
const FILTER_CHARACTERS_MAX = 50_000;
const NUMBERS_CHARACTERS_MAX = 300_000;
const HOLDOUT_PERCENT_MAX = 50;
const SPREAD_HOURS_MAX = 48;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** A text that may be sent; empty where there is none in this language. */
export const campaignText = z
  .string()
  .trim()
  .max(TEXT_CHARACTERS_MAX, 'too_long')
  .superRefine((text, context) => {
    const problem = checkText(text);
    if (problem) context.addIssue(problem);
  })
  .default('');
const id = z
  .string()
  .regex(/^\d{0,18}$/, 'invalid')
  .default('');
const whole = (max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{0,3}$/, 'not_a_number')
    .transform(Number)
    .refine((value) => value <= max, `too_large:${max}`)
    .default(0);

const form = z
  .object({
    name: z.string().trim().min(1, 'required').max(NAME_CHARACTERS_MAX, 'too_long'),
    audience: z.enum(AUDIENCE_KINDS).default('all'),
    segment: id,
    tier: id,
    category: id,
    shopify: id,
    filter: z.string().max(FILTER_CHARACTERS_MAX).default(''),
    ids: z
      .string()
      .regex(/^(?:\d{1,18}(?:,\d{1,18}){0,999})?$/, 'invalid')
      .default(''),
    numbers: z.string().max(NUMBERS_CHARACTERS_MAX, 'too_long').default(''),
    /** Ids with commas. */
    without: z
      .string()
      .regex(/^(?:\d{1,18}(?:,\d{1,18})*)?$/, 'invalid')
      .transform((text) => (text === '' ? [] : [...new Set(text.split(','))]))
      .refine((ids) => ids.length <= WITHOUT_MAX, 'invalid')
      .default([]),
    holdout: whole(HOLDOUT_PERCENT_MAX),
    countsClicks: z.boolean().catch(false),
    timing: z.enum(['now', 'local', 'spread']).default('now'),
    sendDay: z.string().trim().default(''),
    sendTime: z.string().trim().default(''),
    spreadHours: whole(SPREAD_HOURS_MAX),
    template: id,
    language: z.enum(TEXT_LANGUAGES),
    text_en: campaignText,
    text_id: campaignText,
    text_th: campaignText,
    text_fa: campaignText,
  })
  .superRefine((values, context) => {
    const need = (path: string, message = 'required') =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (values[`text_${values.language}`] === '') need(`text_${values.language}`);
    if (isChosen(values.audience) && values[values.audience] === '') need(values.audience);
    if (values.audience === 'numbers' && values.numbers.trim() === '') need('numbers');
    if (values.timing === 'local' && !isStorableDay(values.sendDay))
      need('sendDay', values.sendDay === '' ? 'required' : 'not_a_day');
    if (values.timing === 'local' && !TIME.test(values.sendTime)) need('sendTime');
    if (values.timing === 'spread' && values.spreadHours === 0) need('spreadHours');
  });
type Form = z.output<typeof form>;

const sendAtOf = ({ sendDay, sendTime }: Form): string => `${sendDay}T${sendTime}`;

const CHOSEN = ['segment', 'tier', 'category', 'shopify'] as const;
const isChosen = (kind: AudienceKind): kind is (typeof CHOSEN)[number] =>
  CHOSEN.some((each) => each === kind);

export interface SavingShop {
  shopId: bigint;
  country: string | null;
  timeZone: string;
}

export type Saved = { ok: true; campaignId: bigint } | { ok: false; errors: FieldErrors };

/**
 * Saves a campaign, a new one without `campaignId`, and has its recipients worked out if the shop has an account to send
 * with. One that is planned or waits for approval does so no longer; of one that is being sent nothing can be changed.
 */
export async function saveCampaign(
  shop: SavingShop,
  campaignId: bigint | null,
  input: unknown,
  actor: string,
): Promise<Saved> {
  const parsed = form.safeParse(input);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  const values = parsed.data;
  if (values.timing === 'local' && instantOf(sendAtOf(values), shop.timeZone) <= new Date())
    return { ok: false, errors: { sendDay: { code: 'in_past' } } };
  const audience = await readFormAudience(pool, shop, values);
  if (audience === null)
    return { ok: false, errors: { numbers: { code: 'too_many', limit: String(NUMBERS_MAX) } } };
  return withTransaction((tx) => store(tx, { shop, campaignId, actor }, values, audience));
}

async function readFormAudience(db: Queryable, shop: SavingShop, values: Form): Promise<object | null> {
  const { audience: kind } = values;
  const without = values.without.length === 0 ? {} : { without: values.without };
  if (kind === 'ticked') return { kind, ids: values.ids === '' ? [] : values.ids.split(','), ...without };
  if (kind === 'numbers') {
    const read = await readNumbers(db, shop, values.numbers);
    return read.isTooLong ? null : { kind, ids: read.customerIds.map(String), ...without };
  }
  const value = isChosen(kind) ? values[kind] : values.filter;
  return { kind, filter: filterOf(kind, value), ...without };
}

const STORED = `name = $3, audience = $4, language = $5, text = $6, texts = $7, template_id = $8, holdout_percent = $9, timing = $10,
  send_at = $11, spread_hours = $12, link_targets = $13, updated_at = clock_timestamp()`;

async function store(
  tx: Transaction,
  {
    shop: { shopId },
    campaignId: known,
    actor,
  }: { shop: SavingShop; campaignId: bigint | null; actor: string },
  values: Form,
  audience: object,
): Promise<Saved> {
  const campaignId = known ?? (await insertDraft(tx, shopId, { name: values.name, audience, actor }));
  const campaign = await lockCampaign(tx, shopId, campaignId);
  if (!campaign || !CHANGEABLE.includes(campaign.state))
    return { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
  const hasChannel = (await findSmsChannel(tx, shopId)) !== null;
  if (known !== null) await withdraw(tx, shopId, campaign, hasChannel ? 'freezing' : 'draft');
  else if (hasChannel)
    await tx.query(`UPDATE campaigns SET state = 'freezing' WHERE shop_id = $1 AND campaign_id = $2`, [
      shopId,
      campaignId,
    ]);
  await tx.query(`UPDATE campaigns SET ${STORED} WHERE shop_id = $1 AND campaign_id = $2`, [
    shopId,
    campaignId,
    values.name,
    JSON.stringify(audience),
    values.language,
    values[`text_${values.language}`],
    JSON.stringify(otherTexts(values)),
    values.template === '' ? null : BigInt(values.template),
    values.holdout,
    values.timing,
    values.timing === 'local' ? sendAtOf(values) : null,
    values.timing === 'spread' ? values.spreadHours : null,
    values.countsClicks ? linkTargets(TEXT_LANGUAGES.map((language) => values[`text_${language}`])) : [],
  ]);
  if (hasChannel) await wakeTask(tx, 'freeze-campaigns');
  return { ok: true, campaignId };
}

function otherTexts(values: Form): Partial<Record<TextLanguage, string>> {
  const others = TEXT_LANGUAGES.filter((language) => language !== values.language);
  return Object.fromEntries(
    others.flatMap((language) => {
      const text = values[`text_${language}`];
      return text === '' ? [] : [[language, text]];
    }),
  );
}

interface NewDraft {
  name: string;
  audience: object;
  actor: string;
}

async function insertDraft(
  db: Queryable,
  shopId: bigint,
  { name, audience, actor }: NewDraft,
): Promise<bigint> {
  const { rows } = await db.query<{ campaignId: bigint }>(
    `INSERT INTO campaigns (shop_id, name, audience, language, text, created_by) VALUES ($1, $2, $3, 'en', '', $4)
     RETURNING campaign_id AS "campaignId"`,
    [shopId, name.slice(0, NAME_CHARACTERS_MAX), JSON.stringify(audience), actor],
  );
  return rows[0]?.campaignId ?? 0n;
}

const beginSchema = z.object({
  name: z.string().trim().min(1),
  selection: z.object({ ids: z.array(z.string()).optional(), filter: z.string().optional() }),
});

/** Begins a campaign for customers who were selected in their list (F38): ticked rows, or all that the search finds. */
export async function beginCampaign(shopId: bigint, input: unknown, actor: string): Promise<Saved> {
  const asked = beginSchema.safeParse(input).data;
  if (!asked || !readSelection(asked.selection)) return { ok: false, errors: { form: { code: 'invalid' } } };
  const { ids, filter = '' } = asked.selection;
  const params = new URLSearchParams(filter);
  const kind = ids
    ? 'ticked'
    : params.has('segment') && params.size === 1
      ? 'segment'
      : filter === ''
        ? 'all'
        : 'search';
  const audience = ids ? { kind, ids } : { kind, filter };
  return { ok: true, campaignId: await insertDraft(pool, shopId, { name: asked.name, audience, actor }) };
}

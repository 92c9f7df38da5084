/** Messages > Campaigns: the list, the form, and the page of one campaign. */
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { listChoices } from '#app/modules/segments/choices.queries.server.ts';
import { listSegments } from '#app/modules/segments/saved/segments.queries.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { findSmsChannel } from '../channels/channel-rows.server.ts';
import { readSendingTrouble } from '../channels/sending-trouble.server.ts';
import { loadSettings } from '../limits/load-limits.server.ts';
import { listTemplateTexts } from '../templates/template-rows.server.ts';
import { readWallet } from '../wallet/post-wallet.server.ts';
import { chosenOf, type Audience } from './audience.ts';
import { findCampaign, listCampaigns, type Campaign } from './campaign-rows.server.ts';
import { CHANGEABLE, PRICED } from './campaign-states.ts';
import {
  cancelCampaign,
  deleteCampaign,
  duplicateCampaign,
  freezeCampaign,
  pauseCampaign,
} from './move-campaign.server.ts';
import { writeNumbers } from './read-numbers.server.ts';
import { readPreview, readQuote } from './read-quote.server.ts';
import { readResults } from './read-results.server.ts';
import { TEXT_LANGUAGES } from './rules/campaign-texts.ts';
import { beginCampaign, saveCampaign, type SavingShop } from './save-campaign.server.ts';
import { hasUnknownExclusion, nameAudience, nameSegments } from './select-audience.server.ts';
import { sendCampaign } from './send-campaign.server.ts';
import { lastTestNumber, sendTest } from './test-message.server.ts';

const ADDRESS = '/app/messages/campaigns';

export type CampaignAnswer = { ok: true; goTo?: string } | { ok: false; errors: FieldErrors };

/** Reads the list, and whether anything can be sent. */
export async function readCampaignList(shopId: bigint) {
  const [campaigns, channel] = await Promise.all([listCampaigns(shopId), findSmsChannel(pool, shopId)]);
  return {
    hasChannel: channel !== null,
    campaigns: campaigns.map(({ campaignId, name, state, dueAt, startedAt, recipients }) => ({
      campaignId,
      name,
      state,
      dueAt,
      startedAt,
      recipients,
    })),
  };
}

export type CampaignListView = Awaited<ReturnType<typeof readCampaignList>>;

/** Reads the form of a new campaign, or of one of which nothing was sent; null for any other. */
export async function readCampaignForm(shopId: bigint, campaignId: bigint | null, locale: string) {
  const campaign = campaignId === null ? null : await findCampaign(pool, shopId, campaignId);
  if (campaignId !== null && (!campaign || !CHANGEABLE.includes(campaign.state))) return null;
  const [segments, tiers, categories, shopify, templates, channel] = await Promise.all([
    listSegments(shopId),
    listChoices(shopId, 'tier', ''),
    listChoices(shopId, 'category', ''),
    listChoices(shopId, 'shopify_segment', ''),
    listTemplateTexts(shopId),
    findSmsChannel(pool, shopId),
  ]);
  return {
    campaignId,
    hasChannel: channel !== null,
    segments: segments.map(({ segmentId, name, customers }) => ({ segmentId, name, customers })),
    tiers,
    categories,
    shopify,
    templates,
    values: await formValues(shopId, campaign, locale),
  };
}

export type CampaignFormView = NonNullable<Awaited<ReturnType<typeof readCampaignForm>>>;

async function formValues(shopId: bigint, campaign: Campaign | null, locale: string) {
  const audience: Audience = campaign?.audience ?? { kind: 'all', filter: '', ids: [], without: [] };
  const chosen = (kind: Audience['kind']) => (audience.kind === kind ? chosenOf(audience) : '');
  const timing = campaign?.timing ?? { kind: 'now' };
  const language =
    campaign && campaign.text !== ''
      ? campaign.language
      : (TEXT_LANGUAGES.find((each) => each === locale) ?? 'en');
  const textIn = (each: (typeof TEXT_LANGUAGES)[number]) =>
    (each === language ? campaign?.text : campaign?.texts[each]) ?? '';
  return {
    name: campaign?.name ?? '',
    audience: audience.kind,
    segment: chosen('segment'),
    tier: chosen('tier'),
    category: chosen('category'),
    shopify: chosen('shopify'),
    filter: chosen('search'),
    ids: audience.kind === 'ticked' ? audience.ids.join(',') : '',
    numbers: audience.kind === 'numbers' ? await writeNumbers(pool, shopId, audience.ids) : '',
    without: audience.without.join(','),
    countsClicks: (campaign?.linkTargets.length ?? 0) > 0,
    holdout: campaign && campaign.holdoutPercent > 0 ? String(campaign.holdoutPercent) : '',
    timing: timing.kind,
    sendDay: timing.kind === 'local' ? (timing.sendAt.split('T')[0] ?? '') : '',
    sendTime: timing.kind === 'local' ? (timing.sendAt.split('T')[1] ?? '') : '10:00',
    spreadHours: timing.kind === 'spread' ? String(timing.hours) : '',
    template: campaign?.templateId ? String(campaign.templateId) : '',
    language,
    text_en: textIn('en'),
    text_id: textIn('id'),
    text_th: textIn('th'),
    text_fa: textIn('fa'),
  };
}

/** Saves the form, and opens the campaign's page. */
export async function saveCampaignForm(
  shop: SavingShop,
  campaignId: bigint | null,
  { intent, ...values }: Record<string, unknown>,
  actor: string,
): Promise<CampaignAnswer> {
  if (intent === 'begin') {
    const begun = await beginCampaign(shop.shopId, values, actor);
    return begun.ok ? { ok: true, goTo: `${ADDRESS}/${begun.campaignId}/edit` } : begun;
  }
  const saved = await saveCampaign(shop, campaignId, values, actor);
  return saved.ok ? { ok: true, goTo: `${ADDRESS}/${saved.campaignId}` } : saved;
}

/** Reads a campaign's page: its price once its recipients are known, its results once it was started. Null for an unknown one. */
export async function readCampaignPage(
  shop: { shopId: bigint },
  campaignId: bigint,
  { at, actor }: { at: bigint | null; actor: string },
) {
  const { shopId } = shop;
  const campaign = await findCampaign(pool, shopId, campaignId);
  if (!campaign) return null;
  const [channel, wallet, settings] = await Promise.all([
    findSmsChannel(pool, shopId),
    readWallet(pool, shopId),
    loadSettings(pool, shopId),
  ]);
  const isPriced = PRICED.includes(campaign.state);
  const { audience } = campaign;
  return {
    campaign: pageOf(campaign, await namesOf(shopId, campaign)),
    isOwn: campaign.askedBy !== null && campaign.askedBy === actor,
    audience: {
      kind: audience.kind,
      name: await nameAudience(pool, shopId, audience),
      customers: audience.ids.length,
      without: await nameSegments(pool, shopId, audience.without),
      /** Nobody gets it: whom it leaves out isn't known. */
      hasUnknownExclusion: await hasUnknownExclusion(pool, shopId, audience),
    },
    account: channel?.account ?? null,
    sendingTrouble: campaign.state === 'running' ? await readSendingTrouble(shopId) : null,
    currency: wallet.currency,
    freeMicros: wallet.balanceMicros - wallet.heldMicros,
    approveAboveMicros: settings.approveAboveMicros,
    approveByOther: settings.approveByOther,
    salesHours: settings.salesHours,
    testNumber: isPriced ? await lastTestNumber(shopId, actor) : '',
    quote: isPriced ? await readQuote(shopId, campaignId) : null,
    preview: isPriced ? await readPreview(shopId, campaignId, at) : null,
    results: CHANGEABLE.includes(campaign.state)
      ? null
      : await readResults(shopId, campaignId, settings.salesHours),
  };
}

function pageOf(campaign: Campaign, names: { askedBy: string | null; approvedBy: string | null }) {
  const { campaignId, name, state, language, text, texts, version, timing, holdoutPercent, linkTargets } =
    campaign;
  const { pauseCode, pauseReason, freezeTotal, freezeDone, dueAt, startedAt, frozenAt } = campaign;
  return {
    ...names,
    campaignId,
    name,
    state,
    texts: TEXT_LANGUAGES.flatMap((each) => {
      const own = each === language ? text : texts[each];
      return own === undefined || own === '' ? [] : [{ language: each, text: own }];
    }),
    version,
    timing,
    holdoutPercent,
    countsClicks: linkTargets.length > 0,
    pauseCode,
    pauseReason,
    freezeTotal,
    freezeDone,
    dueAt,
    startedAt,
    frozenAt,
  };
}

async function namesOf(shopId: bigint, { askedBy, approvedBy }: Campaign) {
  const names = await staffNames(
    shopId,
    [askedBy, approvedBy].filter((actor) => actor !== null),
  );
  const nameOf = (actor: string | null) => (actor === null ? null : (names.get(actor) ?? null));
  return { askedBy: nameOf(askedBy), approvedBy: nameOf(approvedBy) };
}

export type CampaignPageView = NonNullable<Awaited<ReturnType<typeof readCampaignPage>>>;

const actionForm = z.object({
  intent: z.string().catch(''),
  version: z.coerce.number().int().catch(0),
  micros: z.string().catch(''),
  confirmed: z.string().catch(''),
  phone: z.string().catch(''),
  language: z.string().catch(''),
  name: z.string().trim().catch(''),
});

/** Does what the page asks for. */
export async function actOnCampaign(
  shop: SavingShop,
  campaignId: bigint,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<CampaignAnswer> {
  const form = actionForm.parse(values);
  const { shopId } = shop;
  switch (form.intent) {
    case 'send': {
      const micros = readIdParam(form.micros);
      if (micros === null) return { ok: false, errors: { form: { code: 'invalid' } } };
      const agreed = { version: form.version, micros, isConfirmed: form.confirmed === 'yes' };
      return sendCampaign(shopId, campaignId, agreed, await readActor());
    }
    case 'freeze':
      return freezeCampaign(shopId, campaignId);
    case 'test':
      return sendTest(shop, campaignId, form, await readActor());
    case 'pause':
    case 'resume':
      return pauseCampaign(shopId, campaignId, form.intent === 'pause');
    case 'cancel':
      return cancelCampaign(shopId, campaignId);
    case 'delete': {
      const deleted = await deleteCampaign(shopId, campaignId);
      return deleted.ok ? { ok: true, goTo: ADDRESS } : deleted;
    }
    case 'duplicate': {
      const copy = await duplicateCampaign(shopId, campaignId, form.name, await readActor());
      return copy === null
        ? { ok: false, errors: { form: { code: 'changed_meanwhile' } } }
        : { ok: true, goTo: `${ADDRESS}/${copy}/edit` };
    }
    default:
      return { ok: false, errors: { form: { code: 'invalid' } } };
  }
}

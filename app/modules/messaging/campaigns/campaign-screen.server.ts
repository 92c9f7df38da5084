/** Messages > Campaigns: the list, the form, and the page of one campaign. */
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { listSegments } from '#app/modules/segments/saved/segments.queries.server.ts';
import { findSmsChannel } from '../channels/channel-rows.server.ts';
import { readWallet } from '../wallet/post-wallet.server.ts';
import { findCampaign, listCampaigns, saveCampaign, textOf, type Campaign } from './campaign-rows.server.ts';
import { cancelCampaign, pauseCampaign, startCampaign } from './move-campaign.server.ts';
import type { CampaignShop } from './plan-recipients.server.ts';
import { quoteCampaign } from './quote-campaign.server.ts';
import { readResults } from './read-results.server.ts';

const ADDRESS = '/app/messages/campaigns';

type Answer = { ok: true; goTo?: string } | { ok: false; errors: FieldErrors };

/** Reads the list, and whether anything can be sent. */
export async function readCampaignList(shopId: bigint) {
  const [campaigns, channel] = await Promise.all([listCampaigns(shopId), findSmsChannel(pool, shopId)]);
  return {
    hasChannel: channel !== null,
    campaigns: campaigns.map(({ campaignId, name, state, createdAt, startedAt, recipients }) => ({
      campaignId,
      name,
      state,
      createdAt,
      startedAt,
      recipients,
    })),
  };
}

export type CampaignListView = Awaited<ReturnType<typeof readCampaignList>>;

/** Reads the form of a new campaign, or of a draft; null for a campaign that isn't one. */
export async function readCampaignForm(shopId: bigint, campaignId: bigint | null, locale: string) {
  const [segments, campaign] = await Promise.all([
    listSegments(shopId),
    campaignId === null ? null : findCampaign(pool, shopId, campaignId),
  ]);
  if (campaignId !== null && campaign?.state !== 'draft') return null;
  return {
    campaignId,
    segments: segments.map(({ segmentId, name, customers }) => ({ segmentId, name, customers })),
    values: {
      name: campaign?.name ?? '',
      segment: campaign ? segmentOf(campaign) : '',
      language: campaign?.language ?? locale,
      text: campaign?.text ?? '',
    },
  };
}

export type CampaignFormView = NonNullable<Awaited<ReturnType<typeof readCampaignForm>>>;

const audienceSchema = z.object({ filter: z.string() });

function segmentOf({ audience }: Campaign): string {
  const read = audienceSchema.safeParse(audience);
  return read.success ? (new URLSearchParams(read.data.filter).get('segment') ?? '') : '';
}

/** Saves the form, and opens the campaign's page. */
export async function saveCampaignForm(
  shopId: bigint,
  campaignId: bigint | null,
  values: Record<string, unknown>,
  actor: string,
): Promise<Answer> {
  const saved = await saveCampaign(shopId, campaignId, values, actor);
  return saved.ok ? { ok: true, goTo: `${ADDRESS}/${saved.campaignId}` } : saved;
}

/** Reads a campaign's page: the quote of a draft, the results of one that was started. Null for an unknown one. */
export async function readCampaignPage(shop: CampaignShop, campaignId: bigint) {
  const campaign = await findCampaign(pool, shop.shopId, campaignId);
  if (!campaign) return null;
  const [channel, wallet, segments] = await Promise.all([
    findSmsChannel(pool, shop.shopId),
    readWallet(pool, shop.shopId),
    listSegments(shop.shopId),
  ]);
  const segment = segmentOf(campaign);
  const isDraft = campaign.state === 'draft';
  return {
    campaign: {
      campaignId,
      name: campaign.name,
      state: campaign.state,
      text: campaign.text,
      version: campaign.version,
      pauseCode: campaign.pauseCode,
      startedAt: campaign.startedAt,
      finishedAt: campaign.finishedAt,
    },
    audience:
      segment === '' ? null : (segments.find(({ segmentId }) => String(segmentId) === segment)?.name ?? ''),
    account: channel?.account ?? null,
    currency: wallet.currency,
    freeMicros: wallet.balanceMicros - wallet.heldMicros,
    quote: isDraft ? await quoteCampaign(pool, shop, textOf(campaign)) : null,
    results: isDraft ? null : await readResults(shop.shopId, campaignId),
  };
}

export type CampaignPageView = NonNullable<Awaited<ReturnType<typeof readCampaignPage>>>;

const actionForm = z.object({
  intent: z.string(),
  version: z.coerce.number().int().catch(0),
  micros: z.string().catch(''),
});

/** Does what the page asks for. */
export async function actOnCampaign(
  shop: CampaignShop,
  campaignId: bigint,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<Answer> {
  const form = actionForm.catch({ intent: '', version: 0, micros: '' }).parse(values);
  switch (form.intent) {
    case 'send': {
      const micros = readIdParam(form.micros);
      if (micros === null) return { ok: false, errors: { form: { code: 'invalid' } } };
      return startCampaign(shop, campaignId, { version: form.version, micros }, await readActor());
    }
    case 'pause':
    case 'resume':
      return pauseCampaign(shop.shopId, campaignId, form.intent === 'pause');
    case 'cancel':
      return cancelCampaign(shop.shopId, campaignId);
    default:
      return { ok: false, errors: { form: { code: 'invalid' } } };
  }
}

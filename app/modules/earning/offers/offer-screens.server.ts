/** What the screens of offers show, and what their forms do. */
import type { SaveAnswer } from '#app/components/use-draft.ts';
import { ledgerNow, pool } from '#app/db.server.ts';
import { fieldErrors, type FieldErrorCode } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { createGroup, removeGroup, renameGroup } from './change-groups.server.ts';
import { offerSettingsForm, readGroupName, readOfferForm, type OfferDraft } from './offer-form.ts';
import {
  listGroups,
  readOffer,
  readOfferSettings,
  type Offer,
  type OfferGroup,
  type OfferSettings,
} from './offers.queries.server.ts';
import { holdGiveBack, type HeldSave } from '#app/modules/shops/give-back.server.ts';
import { createOffer, endOffer, saveOffer } from './save-offer.server.ts';

interface Shop {
  shopId: bigint;
  currency: string;
}

export interface OfferListView {
  groups: OfferGroup[];
  settings: OfferSettings;
  /** The club's clock, so that the preview shows the same on the server and in the browser. */
  now: Date;
}

export interface OfferView extends OfferListView {
  /** Null for a new one. */
  offer: Offer | null;
  group: { groupId: bigint; name: string };
}

/** All groups, their offers and the switches. */
export async function readOfferList(shopId: bigint): Promise<OfferListView> {
  const [groups, settings, now] = await Promise.all([
    listGroups(shopId),
    readOfferSettings(pool, shopId),
    ledgerNow(pool),
  ]);
  return { groups, settings, now };
}

/** What the form of an offer of the shop shows; null when it has no such offer. */
export async function readOfferScreen(shopId: bigint, offerId: bigint): Promise<OfferView | null> {
  const offer = await readOffer(shopId, offerId);
  if (!offer) return null;
  const { groupId, groupName: name } = offer;
  return { ...(await readOfferList(shopId)), offer, group: { groupId, name } };
}

/** What the form of a new offer in a group shows; null when the shop has no such group. */
export async function readNewOfferScreen(shopId: bigint, groupId: bigint): Promise<OfferView | null> {
  const list = await readOfferList(shopId);
  const group = list.groups.find((known) => known.groupId === groupId);
  return group ? { ...list, offer: null, group } : null;
}

const refused = (code: FieldErrorCode): SaveAnswer => ({ ok: false, errors: { form: { code } } });

/** Makes an offer of what was typed; null when the shop has no such group. */
export async function createFromForm(
  shop: Shop,
  groupId: bigint,
  values: Record<string, unknown>,
  locale: string,
): Promise<SaveAnswer | null> {
  const form = readOfferForm(values, locale, shop.currency);
  if (!form.ok) return form;
  const held = await holdOffer(shop.shopId, { offerId: null, groupId }, form.draft, values.meant);
  if (held) return held;
  const made = await createOffer(shop.shopId, groupId, form.draft);
  if (made.ok) return { ok: true, goTo: `/app/loyalty/offers/${made.offerId}` };
  return made.reason === 'missing' ? null : refused(made.reason);
}

/** Saves what was typed of an offer, or ends it; null when the shop has no such offer. */
export async function saveForm(
  shop: Shop,
  offerId: bigint,
  values: Record<string, unknown>,
  locale: string,
): Promise<SaveAnswer | null> {
  if (values.intent === 'end') {
    return (await endOffer(shop.shopId, offerId)) ? { ok: true, goTo: '/app/loyalty/offers' } : null;
  }
  const form = readOfferForm(values, locale, shop.currency);
  if (!form.ok) return form;
  const offer = await readOffer(shop.shopId, offerId);
  const held = offer && (await holdOffer(shop.shopId, offer, form.draft, values.meant));
  if (held) return held;
  const saved = await saveOffer(shop.shopId, offerId, readVersion(values.version), form.draft);
  if (saved.ok) return { ok: true };
  return saved.reason === 'missing' ? null : refused(saved.reason);
}

/** Judges an offer as if offers were switched on: that is one click. One that is paused gives nothing. */
async function holdOffer(
  shopId: bigint,
  { offerId, groupId }: { offerId: bigint | null; groupId: bigint },
  { unit, percentBp, isActive }: OfferDraft,
  meant: unknown,
): Promise<HeldSave | null> {
  return holdGiveBack(shopId, meant, 'percent', ({ allOffers }) => ({
    offers: [
      ...allOffers.filter((other) => other.offerId !== offerId),
      ...(isActive ? [{ offerId: offerId ?? 0n, groupId, unit, percentBp }] : []),
    ],
  }));
}

/** What the list of offers posts: the switches, or a group that is made, renamed or removed. Null for an unknown group. */
export async function actOnList(shopId: bigint, values: Record<string, unknown>): Promise<SaveAnswer | null> {
  switch (values.intent) {
    case undefined:
      return saveSettings(shopId, values);
    case 'remove_group':
      return withGroup(values, (groupId) => removeGroup(shopId, groupId));
    case 'create_group':
    case 'rename_group':
      return nameGroup(shopId, values);
    default:
      return null;
  }
}

async function nameGroup(shopId: bigint, values: Record<string, unknown>): Promise<SaveAnswer | null> {
  const read = readGroupName(values.groupName);
  if (!read.ok) return read;
  if (values.intent === 'create_group') {
    return (await createGroup(shopId, read.name)) ? { ok: true } : refused('too_many');
  }
  return withGroup(values, (groupId) => renameGroup(shopId, groupId, read.name));
}

async function withGroup(
  { groupId }: Record<string, unknown>,
  work: (groupId: bigint) => Promise<boolean>,
): Promise<SaveAnswer | null> {
  const id = typeof groupId === 'string' ? readIdParam(groupId) : null;
  return id !== null && (await work(id)) ? { ok: true } : null;
}

async function saveSettings(shopId: bigint, values: Record<string, unknown>): Promise<SaveAnswer> {
  const form = offerSettingsForm.safeParse(values);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const { isActive } = form.data;
  const held = await holdGiveBack(shopId, values.meant, 'isActive', ({ allOffers }) => ({
    offers: isActive ? allOffers : [],
  }));
  if (held) return held;
  await pool.query(
    `INSERT INTO club_settings (shop_id, offers_active, offers_include_tax, offers_include_shipping) VALUES ($1, $2, $3, $4)
     ON CONFLICT (shop_id) DO UPDATE SET offers_active = excluded.offers_active, offers_include_tax = excluded.offers_include_tax,
       offers_include_shipping = excluded.offers_include_shipping, updated_at = clock_timestamp()`,
    [shopId, form.data.isActive, form.data.includeTax, form.data.includeShipping],
  );
  return { ok: true };
}

/** A version that no offer has for a text that is none. */
function readVersion(text: unknown): number {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

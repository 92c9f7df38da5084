/** The form, as a page at the shop's address or in a block of its theme: shown, sent, and shown again with what is wrong. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import {
  FormDataParseError,
  MaxFileSizeExceededError,
  MaxFilesExceededError,
  MaxPartsExceededError,
  MaxTotalSizeExceededError,
  MultipartParseError,
  parseFormData,
} from '@remix-run/form-data-parser';
import { pool } from '#app/db.server.ts';
import { storeAddress } from '#app/integrations/shopify/store-address.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import type { Locale } from '#app/i18n/locales.ts';
import { cleanText } from '#app/lib/storable.ts';
import { findShop, isInstalled, type Shop } from '#app/modules/shops/find-shop.server.ts';
import { withUploadRoom } from '#app/modules/photos/upload-room.server.ts';
import { FILE_KINDS, type ApplicationSettings, type FileKind } from './application-fields.ts';
import { makeFormToken, readFormToken } from './form-token.server.ts';
import { readApplicationSettings } from './settings.server.ts';
import { submitApplication } from './submit-application.server.ts';
import { ApplyBlock, ApplyPage, TOKEN_FIELD, TRAP_FIELD, type ApplyView } from './ui/apply-page.tsx';

const MEBIBYTE = 1024 * 1024;
/** A photo of a phone; two of them pass through Shopify's proxy. */
const FILE_BYTES_MAX = 10 * MEBIBYTE;
/** The whole form. */
export const FORM_BYTES_MAX = FILE_KINDS.length * FILE_BYTES_MAX + 64 * 1024;
const PARTS_MAX = 24;

/** No person fills in a form faster; a program that waits is slowed down at least. */
const FILLED_MS_MIN = 3_000;
const FILLED_MS_MAX = 12 * 3_600_000;

export interface ApplyRequest {
  shopDomain: string;
  /** Signed in at the shop, as Shopify says; null for a guest. */
  customerId: bigint | null;
  locale: Locale;
  /** A page of its own, or what a block of the theme shows. */
  part: 'page' | 'block';
}

/** A form as the browser sent it. */
export interface SentBody {
  body: Buffer;
  contentType: string;
}

export interface ServedPage {
  status: number;
  html: string;
}

/** Shows the form; null for a shop that doesn't have the app. */
export async function showApply(request: ApplyRequest): Promise<ServedPage | null> {
  const place = await readPlace(request);
  if (!place) return null;
  if (place.settings.isOpen) return page(place, {});
  // A block stands on a page that is there.
  return page(place, { page: 'closed' }, request.part === 'page' ? 404 : 200);
}

/** Takes a form that was sent; null for a shop that doesn't have the app. */
export async function takeApply(request: ApplyRequest, sent: SentBody): Promise<ServedPage | null> {
  const place = await readPlace(request);
  if (!place) return null;
  if (!place.settings.isOpen) return page(place, { page: 'closed' }, 404);
  return withUploadRoom(page(place, { notice: 'busy' }, 503), () => takeForm(place, request, sent));
}

const NOTICES = { 408: 'expired', 413: 'too_large', 429: 'wait', 503: 'busy' } as const;

/** Says why a form was not taken: too slow, too large, too often, too many at once; null for a shop that doesn't have the app. */
export async function refuseApply(
  request: ApplyRequest,
  status: keyof typeof NOTICES,
): Promise<ServedPage | null> {
  const place = await readPlace(request);
  return place && page(place, { notice: NOTICES[status] }, status);
}

interface Place {
  shop: Shop;
  settings: ApplicationSettings;
  locale: Locale;
  part: ApplyRequest['part'];
}

async function readPlace({ shopDomain, locale, part }: ApplyRequest): Promise<Place | null> {
  const shop = await findShop(pool, shopDomain);
  if (!shop || !isInstalled(shop)) return null;
  return { shop, settings: await readApplicationSettings(pool, shop.shopId), locale, part };
}

async function takeForm(place: Place, request: ApplyRequest, sent: SentBody): Promise<ServedPage> {
  const form = await readForm(sent);
  if (form === 'too_large') return page(place, { notice: 'too_large' }, 413);
  if (form === 'malformed') return page(place, { notice: 'expired' }, 400);
  const { typed, files } = form;
  const token = readFormToken(place.shop.shopId, typed[TOKEN_FIELD] ?? '');
  const again = { typed, token: typed[TOKEN_FIELD] ?? '' };
  if (!token || token.ageMs > FILLED_MS_MAX) return page(place, { typed, notice: 'expired' }, 422);
  // A program is told that it was successful.
  if ((typed[TRAP_FIELD] ?? '') !== '') return page(place, { page: 'done' });
  if (token.ageMs < FILLED_MS_MIN) return page(place, { ...again, notice: 'too_fast' }, 422);
  const { shop, settings, locale } = place;
  const outcome = await submitApplication({
    shop,
    settings,
    formKey: token.key,
    customerId: request.customerId,
    typed,
    files,
    locale,
  });
  if (outcome.ok) return page(place, { page: 'done' });
  if ('reason' in outcome) return page(place, { ...again, notice: outcome.reason }, 503);
  return page(place, { ...again, ...outcome }, 422);
}

interface SentForm {
  typed: Record<string, string>;
  files: Map<FileKind, Uint8Array>;
}

async function readForm({ body, contentType }: SentBody): Promise<SentForm | 'too_large' | 'malformed'> {
  const sent = new Request('http://form/', {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: new Uint8Array(body),
  });
  try {
    const form = await parseFormData(sent, {
      maxFiles: FILE_KINDS.length,
      maxFileSize: FILE_BYTES_MAX,
      maxParts: PARTS_MAX,
      maxTotalSize: FORM_BYTES_MAX,
    });
    const typed: Record<string, string> = {};
    const files = new Map<FileKind, Uint8Array>();
    for (const [name, value] of form) {
      if (typeof value === 'string') typed[name] = cleanText(value);
      else {
        const kind = FILE_KINDS.find((each) => each === name);
        if (kind !== undefined && value.size > 0) files.set(kind, new Uint8Array(await value.arrayBuffer()));
      }
    }
    return { typed, files };
  } catch (error) {
    if (error instanceof MaxFileSizeExceededError || error instanceof MaxTotalSizeExceededError)
      return 'too_large';
    const isMalformed = [
      MaxFilesExceededError,
      MaxPartsExceededError,
      FormDataParseError,
      MultipartParseError,
    ].some((kind) => error instanceof kind);
    if (isMalformed) return 'malformed';
    throw error;
  }
}

function page({ shop, settings, locale, part }: Place, change: Partial<ApplyView>, status = 200): ServedPage {
  const view: ApplyView = {
    t: i18nFor(locale).t,
    locale,
    shopName: shop.name ?? shop.domain,
    shopUrl: storeAddress(shop.domain, ''),
    settings,
    token: change.token ?? makeFormToken(shop.shopId),
    typed: {},
    errors: {},
    fileProblems: {},
    notice: null,
    page: 'form',
    idPrefix: part === 'block' ? 'setia-apply-' : '',
    ...change,
  };
  if (part === 'block') return { status, html: renderToStaticMarkup(createElement(ApplyBlock, view)) };
  return { status, html: `<!doctype html>${renderToStaticMarkup(createElement(ApplyPage, view))}` };
}

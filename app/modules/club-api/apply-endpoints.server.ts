/** The form for resellers at the shop's address: a page of its own, whatever the theme, or what its block in the theme shows. */
import type { IncomingMessage } from 'node:http';
import { localeOfRequest } from '#app/i18n/locales.ts';
import { readBody, refusedBodyStatus } from '#app/lib/read-body.server.ts';
import {
  FORM_BYTES_MAX,
  refuseApply,
  showApply,
  takeApply,
  type ApplyRequest,
  type ServedPage,
} from '#app/modules/resellers/applications/serve-apply.server.ts';
import type { Reply } from './answers.ts';
import type { ProxyRequest } from './proxy-request.ts';
import { takeFormTurn } from './rate-limit.server.ts';

const NOT_INSTALLED: Reply = { status: 403 };
/** Pictures over a phone's slow connection. */
const FORM_LIMITS = { bytes: FORM_BYTES_MAX, ms: 180_000 };

/** Shows the form as a page. */
export const showApplyPage = (request: ProxyRequest): Promise<Reply> => show(toApply(request, 'page'));

/** Takes the form of the page. */
export const takeApplyPage = (request: ProxyRequest): Promise<Reply> => take(request, 'page');

/** Shows the form as the theme's block has it. */
export const showApplyBlock = (request: ProxyRequest): Promise<Reply> => show(toApply(request, 'block'));

/** Takes the form of the block. */
export const takeApplyBlock = (request: ProxyRequest): Promise<Reply> => take(request, 'block');

const show = async (request: ApplyRequest): Promise<Reply> => toPage(await showApply(request));

async function take(request: ProxyRequest, part: ApplyRequest['part']): Promise<Reply> {
  const { caller, req } = request;
  const apply = toApply(request, part);
  const wait = takeFormTurn(caller.shopDomain, addressOf(req));
  if (wait !== null) return { ...toPage(await refuseApply(apply, 429)), retryAfterSeconds: wait };
  const read = await readBody(req, FORM_LIMITS);
  if (read.state !== 'read') return toPage(await refuseApply(apply, refusedBodyStatus(read)));
  const form = { body: read.body, contentType: req.headers['content-type'] ?? '' };
  return toPage(await takeApply(apply, form));
}

function toPage(served: ServedPage | null): Reply {
  return served ? { status: served.status, html: served.html } : NOT_INSTALLED;
}

function toApply({ caller, search, req }: ProxyRequest, part: ApplyRequest['part']): ApplyRequest {
  return { ...caller, locale: localeOf(search, req.headers['accept-language'] ?? ''), part };
}

/** A market's folder: `/id/apps/setia`, `/en-us/apps/setia`. */
const LOCALE_FOLDER = /^\/([a-z]{2})(?:-[a-z]{2})?\//i;

/** The language that the theme names, or that of the page's folder; without either, the browser's. */
function localeOf(search: string, acceptLanguage: string): ApplyRequest['locale'] {
  const parameters = new URLSearchParams(search);
  const [, folder] = LOCALE_FOLDER.exec(parameters.get('path_prefix') ?? '') ?? [];
  const named = parameters.get('locale') ?? folder;
  const address =
    named === undefined ? 'http://page/' : `http://page/?${new URLSearchParams({ locale: named })}`;
  return localeOfRequest(new Request(address, { headers: { 'accept-language': acceptLanguage } }));
}

/** The visitor's, as Shopify passes it on: counted in memory, never stored. */
function addressOf(req: IncomingMessage): string {
  const [first = ''] = String(req.headers['x-forwarded-for'] ?? '').split(',', 1);
  return first.trim() || (req.socket.remoteAddress ?? '');
}

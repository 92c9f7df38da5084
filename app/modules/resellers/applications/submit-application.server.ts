/** Someone applies at the shop's page. */
import { randomUUID } from 'node:crypto';
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { storeFile } from '#app/integrations/storage/files.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import type { Locale } from '#app/i18n/locales.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { queueMail } from '#app/modules/mail/queue-mail.server.ts';
import { announceFiles, claimFiles, dropFiles } from '#app/modules/photos/file-removals.server.ts';
import type { PhotoProblem } from '#app/modules/photos/photo-limits.ts';
import {
  PHOTO_MEDIA_TYPE,
  preparePhoto,
  type PreparedPhoto,
} from '#app/modules/photos/prepare-photo.server.ts';
import { askingOf, FILE_KINDS, type ApplicationSettings, type FileKind } from './application-fields.ts';
import { readApplication, type Application } from './read-application.ts';

export interface Submission {
  shop: { shopId: bigint; country: string | null; domain: string };
  settings: ApplicationSettings;
  formKey: string;
  /** Signed in at the shop; null for a guest. */
  customerId: bigint | null;
  typed: Readonly<Record<string, string>>;
  files: ReadonlyMap<FileKind, Uint8Array>;
  /** Of the page, for the answer. */
  locale: Locale;
}

export type Submitted =
  | { ok: true }
  | { ok: false; errors: FieldErrors; fileProblems: Partial<Record<FileKind, PhotoProblem | 'required'>> }
  /** More wait than anyone reads. */
  | { ok: false; reason: 'too_many' | 'not_stored' };

/** More than this wait for no one. */
const WAITING_MAX = 2_000;

/** Stores an application with its files: all of it or nothing. One that is there already is `ok` and stays as it is. */
export async function submitApplication(submission: Submission): Promise<Submitted> {
  const { shop, settings, typed } = submission;
  const read = readApplication(typed, settings, shop.country);
  const { prepared, problems } = await prepareFiles(submission);
  if (!read.ok || Object.keys(problems).length > 0)
    return { ok: false, errors: 'errors' in read ? read.errors : {}, fileProblems: problems };
  const known = await findKnown(submission, read.application.email);
  if (known !== null) return known;
  const files = [...prepared].map(([kind, photo]) => ({ kind, photo, ...keysOf(shop.shopId) }));
  try {
    await announceFiles(
      pool,
      shop.shopId,
      files.flatMap(({ full, thumb }) => [full, thumb]),
    );
    for (const { photo, full, thumb } of files) {
      await storeFile(full, photo.full);
      await storeFile(thumb, photo.thumb);
    }
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const reason = safeErrorText(error.cause);
    logger.error({ shopId: String(shop.shopId), reason }, 'file not stored');
    return { ok: false, reason: 'not_stored' };
  }
  return withTransaction((tx) => write(tx, submission, read.application, files));
}

interface StoredFile {
  kind: FileKind;
  photo: PreparedPhoto;
  full: string;
  thumb: string;
}

function keysOf(shopId: bigint): { full: string; thumb: string } {
  const id = randomUUID();
  return { full: `shops/${shopId}/applications/${id}`, thumb: `shops/${shopId}/application-thumbs/${id}` };
}

async function prepareFiles({ settings, files }: Submission): Promise<{
  prepared: Map<FileKind, PreparedPhoto>;
  problems: Partial<Record<FileKind, PhotoProblem | 'required'>>;
}> {
  const prepared = new Map<FileKind, PreparedPhoto>();
  const problems: Partial<Record<FileKind, PhotoProblem | 'required'>> = {};
  for (const kind of FILE_KINDS) {
    const asking = askingOf(settings, kind);
    const bytes = asking === 'off' ? undefined : files.get(kind);
    if (bytes === undefined) {
      if (asking === 'required') problems[kind] = 'required';
      continue;
    }
    const outcome = await preparePhoto(bytes);
    if (outcome.ok) prepared.set(kind, outcome.photo);
    else problems[kind] = outcome.problem;
  }
  return { prepared, problems };
}

async function findKnown({ shop, formKey }: Submission, email: string): Promise<Submitted | null> {
  const { rows } = await pool.query<{ isKnown: boolean; waiting: number }>(
    `SELECT EXISTS (SELECT FROM reseller_applications WHERE shop_id = $1 AND (form_key = $2 OR email = $3 AND state = 'waiting')) AS "isKnown",
       (SELECT count(*)::int FROM (SELECT FROM reseller_applications WHERE shop_id = $1 AND state = 'waiting' LIMIT ${WAITING_MAX}) w) AS waiting`,
    [shop.shopId, formKey, email],
  );
  const [found] = rows;
  if (found?.isKnown) return { ok: true };
  return (found?.waiting ?? 0) >= WAITING_MAX ? { ok: false, reason: 'too_many' } : null;
}

const INSERT = `
  INSERT INTO reseller_applications (shop_id, form_key, name, email, phone, answers, locale, customer_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT customer_id FROM customers WHERE shop_id = $1 AND customer_id = $8 AND state = 'active'))
  ON CONFLICT DO NOTHING RETURNING application_id AS "applicationId"`;
const INSERT_FILE = `
  INSERT INTO application_files (shop_id, application_id, kind, file_key, thumb_key, media_type, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7)`;

async function write(
  tx: Transaction,
  submission: Submission,
  { name, email, phone, answers }: Application,
  files: readonly StoredFile[],
): Promise<Submitted> {
  const { shop, formKey, customerId, locale } = submission;
  const keys = files.flatMap(({ full, thumb }) => [full, thumb]);
  const { rows } = await tx.query<{ applicationId: string }>(INSERT, [
    shop.shopId,
    formKey,
    name,
    email,
    phone,
    JSON.stringify(answers),
    locale,
    customerId,
  ]);
  const [row] = rows;
  if (!row) {
    // The other sending of the same was faster: its files stay.
    await dropFiles(tx, shop.shopId, keys);
    return { ok: true };
  }
  // It took so long that its files are being removed.
  if (!(await claimFiles(tx, shop.shopId, keys))) {
    await tx.query('DELETE FROM reseller_applications WHERE shop_id = $1 AND application_id = $2', [
      shop.shopId,
      row.applicationId,
    ]);
    await dropFiles(tx, shop.shopId, keys);
    return { ok: false, reason: 'not_stored' };
  }
  for (const { kind, photo, full, thumb } of files)
    await tx.query(INSERT_FILE, [
      shop.shopId,
      row.applicationId,
      kind,
      full,
      thumb,
      PHOTO_MEDIA_TYPE,
      photo.full.length + photo.thumb.length,
    ]);
  await tellStaff(tx, submission, row.applicationId);
  return { ok: true };
}

/** Without what was typed: an e-mail outlives an erasure in its receiver's mailbox. */
async function tellStaff(
  tx: Transaction,
  { shop, settings }: Submission,
  applicationId: string,
): Promise<void> {
  if (settings.notifyEmail === null) return;
  const { rows } = await tx.query<{ name: string; locale: string }>(
    'SELECT coalesce(name, domain) AS name, locale FROM shops WHERE shop_id = $1',
    [shop.shopId],
  );
  const [found] = rows;
  const { t } = i18nFor(found?.locale.startsWith('id') ? 'id' : 'en');
  await queueMail(tx, shop.shopId, {
    key: `application-new:${applicationId}`,
    kind: 'application_new',
    customerId: null,
    recipient: settings.notifyEmail,
    subject: t('application_mail.new_subject', { shop: found?.name ?? shop.domain }),
    body: t('application_mail.new_body', { shop: found?.name ?? shop.domain }),
  });
}

/** The template of a shop: written once for each version and language, then kept. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pool, withTransaction } from '#app/db.server.ts';
import { openFile, type StoredFile } from '#app/integrations/storage/files.server.ts';
import type { Locale } from '#app/i18n/locales.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { readTemplateFacts, templateVersion } from './template-facts.server.ts';

/** The worker takes a second; after so long none is there. */
const WAIT_MS = 10_000;
const LOOK_AGAIN_MS = 250;

interface Template {
  shopId: bigint;
  locale: Locale;
  version: string;
}

/**
 * Returns the template of a shop in a language as a response; the first time it waits until the worker has written it.
 * Null when no worker did.
 * @throws UpstreamError when the storage is unreachable.
 */
export async function downloadTemplate(
  shopId: bigint,
  locale: Locale,
  actor: string,
  waitMs: number = WAIT_MS,
): Promise<Response | null> {
  const version = templateVersion(await readTemplateFacts(shopId, locale));
  const template = { shopId, locale, version };
  await queueTemplate(template, actor);
  const file = await waitForFile(template, waitMs);
  if (file === null) return null;
  return new Response(file.stream, {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-length': String(file.bytes),
      'content-disposition': 'attachment; filename="setia-customers-template.xlsx"',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}

const IS_VERSION = `shop_id = $1 AND kind = 'template' AND locale = $2 AND scope_name = $3`;

async function queueTemplate({ shopId, locale, version }: Template, actor: string): Promise<void> {
  await withTransaction(async (tx) => {
    // Two requests at once write one file.
    await tx.query('SELECT FROM shops WHERE shop_id = $1 FOR NO KEY UPDATE', [shopId]);
    const { rowCount } = await tx.query(
      `INSERT INTO exports (shop_id, kind, format, columns, scope, locale, scope_name, actor)
       SELECT $1, 'template', 'xlsx', '{}', 'all', $2, $3, $4 WHERE NOT EXISTS (SELECT FROM exports
         WHERE ${IS_VERSION} AND (state IN ('waiting', 'writing') OR state = 'ready' AND expires_at > clock_timestamp()))`,
      [shopId, locale, version, actor],
    );
    if (rowCount === 1) await wakeTask(tx, 'process-exports');
  });
}

async function waitForFile(
  { shopId, locale, version }: Template,
  waitMs: number,
): Promise<StoredFile | null> {
  for (const until = Date.now() + waitMs; ;) {
    const { rows } = await pool.query<{ key: string }>(
      `SELECT file_key AS key FROM exports WHERE ${IS_VERSION} AND state = 'ready' AND expires_at > clock_timestamp() LIMIT 1`,
      [shopId, locale, version],
    );
    if (rows[0]) return openFile(rows[0].key);
    if (Date.now() >= until) return null;
    await sleep(LOOK_AGAIN_MS);
  }
}

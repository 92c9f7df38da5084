/** Writes the file of an export: page by page onto this machine's disk, then into the storage. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pool, withTransaction } from '#app/db.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import { LOCALES } from '#app/i18n/locales.ts';
import { csvWriting, streamCsv } from '#app/integrations/csv/write-csv.server.ts';
import { streamWorkbook, type WorkbookCell } from '#app/integrations/excel/workbook.server.ts';
import { storeFileFrom } from '#app/integrations/storage/files.server.ts';
import { separators } from '#app/lib/format.ts';
import { readFormRules } from '#app/modules/crm/form/known-customer.server.ts';
import { announceFiles, claimFiles, dropFiles } from '#app/modules/photos/file-removals.server.ts';
import { withFolder } from '../left-folders.server.ts';
import { writeTemplate } from '../template/write-template.server.ts';
import type { ExportKind } from './export-kinds.ts';
import { finishExport, keepExport, type ExportToWrite, type ExportTurn } from './export-rows.server.ts';
import { openConsents } from './sources/consents.server.ts';
import { openCampaign } from './sources/campaign.server.ts';
import { openCustomers } from './sources/customers.server.ts';
import { openLedger } from './sources/ledger.server.ts';
import { openMessages } from './sources/messages.server.ts';
import { openOrders } from './sources/orders.server.ts';
import { openWallet } from './sources/wallet.server.ts';
import type { ExportSource, SourceContext } from './sources/source.ts';

/** The export was cancelled or deleted, or is another worker's: nothing more is written. */
export class ExportTurnLost extends Error {
  constructor() {
    super('the turn with this export was lost');
    this.name = 'ExportTurnLost';
  }
}

const SOURCES: Record<ExportKind, (context: SourceContext) => Promise<ExportSource>> = {
  customers: openCustomers,
  ledger: openLedger,
  orders: openOrders,
  messages: openMessages,
  campaign: openCampaign,
  wallet: openWallet,
  consents: openConsents,
};

/** How often the turn is kept while rows are written; a fraction of its lease. */
const HEARTBEAT_MS = 2_000;

/**
 * Writes the file from its first row; a worker that was killed leaves nothing but a folder of its own.
 * @throws ExportTurnLost, and UpstreamError when the storage is unreachable.
 */
export async function writeExport(turn: ExportTurn, signal?: AbortSignal): Promise<void> {
  const { seen } = turn;
  await withFolder('setia-export-', async (folder) => {
    const file = path.join(folder, 'file');
    const { kind } = seen;
    if (kind === 'template') {
      await writeTemplate(seen.shopId, seen.locale, file);
      await storeExport(turn, file, 0);
    } else await writeRows(turn, await openSource({ ...seen, kind }), file, signal);
  });
}

async function writeRows(
  turn: ExportTurn,
  source: ExportSource,
  file: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const progress = { rows: 0 };
  const heart = keepAlive(turn, progress, source.total);
  try {
    const aborted = AbortSignal.any([heart.signal, ...(signal ? [signal] : [])]);
    const bytes = toBytes(turn.seen, source, rowsOf(source, progress, aborted));
    await pipeline(bytes, createWriteStream(file, { mode: 0o600 }));
    if (!(await keepExport(turn, progress.rows, source.total))) throw new ExportTurnLost();
    await storeExport(turn, file, progress.rows);
  } finally {
    heart.stop();
  }
}

async function openSource(seen: ExportToWrite & { kind: ExportKind }): Promise<ExportSource> {
  const asked = await readFormRules(seen.shopId);
  const locale = LOCALES.find((known) => known === seen.locale) ?? 'en';
  return SOURCES[seen.kind]({ seen, asked, t: i18nFor(locale).t });
}

async function* rowsOf(
  { pages }: ExportSource,
  progress: { rows: number },
  signal: AbortSignal,
): AsyncGenerator<WorkbookCell[]> {
  for await (const page of readAhead(pages)) {
    if (signal.aborted) throw new ExportTurnLost();
    for (const row of page) yield row;
    progress.rows += page.length;
  }
}

/** Reads the next page while one is being written. */
async function* readAhead(pages: AsyncGenerator<WorkbookCell[][]>): AsyncGenerator<WorkbookCell[][]> {
  let next = settled(pages.next());
  for (;;) {
    const read = await next;
    if (!read.ok) throw read.error;
    if (read.result.done) return;
    next = settled(pages.next());
    yield read.result.value;
  }
}

/** A failure waits until it is asked for: nobody may be waiting yet. */
async function settled<T>(
  promise: Promise<T>,
): Promise<{ ok: true; result: T } | { ok: false; error: unknown }> {
  try {
    return { ok: true, result: await promise };
  } catch (error) {
    return { ok: false, error };
  }
}

function toBytes(
  { format, shopLocale }: ExportToWrite,
  { name, columns }: ExportSource,
  rows: AsyncGenerator<WorkbookCell[]>,
) {
  if (format === 'xlsx') return streamWorkbook([{ name, columns, rows }]);
  const headings = columns.map(({ header }) => header);
  return streamCsv(headings, rows, csvWriting(separators(shopLocale).decimal));
}

/** Keeps the turn, with how far it got, while the rows are written; its signal is aborted when the turn is lost. */
function keepAlive(turn: ExportTurn, progress: { rows: number }, total: number | null) {
  const lost = new AbortController();
  const timer = setInterval(() => {
    keepExport(turn, progress.rows, total).then(
      (isKept) => {
        if (!isKept) lost.abort();
      },
      // An outage of the database: the rows fail too, and the lease ends.
      () => undefined,
    );
  }, HEARTBEAT_MS);
  return { signal: lost.signal, stop: () => clearInterval(timer) };
}

async function storeExport(turn: ExportTurn, file: string, rows: number): Promise<void> {
  const { shopId } = turn.seen;
  const key = `shops/${shopId}/exports/${randomUUID()}`;
  const { size } = await fs.stat(file);
  await announceFiles(pool, shopId, [key]);
  await storeFileFrom(key, file);
  await withTransaction(async (tx) => {
    const isMine = await finishExport(tx, turn, { key, bytes: size, rows });
    if (isMine && (await claimFiles(tx, shopId, [key]))) return;
    if (isMine) throw new ExportTurnLost();
    await dropFiles(tx, shopId, [key]);
  });
}

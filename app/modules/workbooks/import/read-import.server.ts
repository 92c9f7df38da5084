/** The first step of an import: its file is read once, proposed, checked and put into rows. */
import path from 'node:path';
import { withTransaction } from '#app/db.server.ts';
import { copyFileTo } from '#app/integrations/storage/files.server.ts';
import { UnreadableFile, type TableRow } from '#app/lib/table-cells.ts';
import { withFolder } from '../left-folders.server.ts';
import { openTable, type OpenTable } from '../read/open-table.server.ts';
import { mappingOf, proposalToShow, proposeColumns } from '../read/propose-columns.server.ts';
import type { Mapping } from '../rules/import-fields.ts';
import { readCheckContext } from './check-context.server.ts';
import { checkRows, markRepeated, readRow, type CheckContext, type ReadRow } from './check-rows.server.ts';
import { keepTurn, readOwnHeadings, TurnLost, type Turn } from './import-rows.server.ts';
import { idColumnsOf, maskSample } from './sealed-ids.server.ts';
import type { ImportSource } from './import-source.ts';

export const BATCH_ROWS = 1_000;
const HEADING_CHARACTERS_MAX = 200;

/** Reads the file of an import to its end; after a crash rows that are stored already are passed over. */
export async function readImportFile(turn: Turn, signal?: AbortSignal): Promise<void> {
  await withFolder('setia-import-', async (folder) => {
    const file = path.join(folder, 'upload');
    const { fileKey, country, source } = turn.seen;
    if (fileKey === null || !(await copyFileTo(fileKey, file))) throw new UnreadableFile('missing_part');
    const table = await openTable(file, { country, dialect: source?.dialect ?? null });
    try {
      const known = source === null ? await propose(turn, table) : { source, mapping: turn.seen.mapping };
      await readRows(turn, table, known, signal);
    } finally {
      table.close();
    }
  });
}

interface Known {
  source: ImportSource;
  mapping: Mapping;
}

/** Stored at once, so that the merchant sees the columns while the rows are read. */
async function propose(turn: Turn, table: OpenTable): Promise<Known> {
  const proposal = await proposeColumns(table, await readOwnHeadings(turn.seen.shopId));
  const { sheet, headingRow, columns } = proposal;
  const source: ImportSource = {
    sheet,
    headingRow,
    isFrom1904: table.isFrom1904,
    dialect: table.dialect,
    headings: Object.fromEntries(
      columns
        .filter(({ heading }) => heading !== '')
        .map(({ column, heading }) => [column, heading.slice(0, HEADING_CHARACTERS_MAX)]),
    ),
    templateVersion: table.templateVersion,
  };
  const mapping = mappingOf(columns);
  const shown = maskSample(proposalToShow(proposal), idColumnsOf(mapping));
  await withTransaction(async (tx) => {
    if (!(await keepTurn(tx, turn, { source, mapping, proposal: shown }))) throw new TurnLost();
  });
  return { source, mapping };
}

async function readRows(
  turn: Turn,
  table: OpenTable,
  { source, mapping }: Known,
  signal?: AbortSignal,
): Promise<void> {
  const context = await readCheckContext(turn.seen, source, mapping);
  const after = Math.max(source.headingRow, turn.seen.readUpTo);
  const sheet = table.sheets.find(({ name }) => name === source.sheet);
  const stored = new StoredBatches(turn, context);
  try {
    for await (const page of sheet?.readRows() ?? []) {
      for (const row of page) if (row.row > after) await stored.add(row);
      if (signal?.aborted) throw new TurnLost();
    }
    await stored.end();
  } finally {
    await stored.settle();
  }
  await withTransaction((tx) => finish(tx, turn));
}

/** Batches of rows in order: while one is stored, the next one is read. */
class StoredBatches {
  readonly #turn: Turn;
  readonly #context: CheckContext;
  #batch: ReadRow[] = [];
  #storing: Promise<unknown> = Promise.resolve();

  constructor(turn: Turn, context: CheckContext) {
    this.#turn = turn;
    this.#context = context;
  }

  /** @throws TurnLost, also of the batch before */
  async add(row: TableRow): Promise<void> {
    this.#batch.push(readRow(this.#context, row));
    if (this.#batch.length >= BATCH_ROWS) await this.#store();
  }

  async end(): Promise<void> {
    if (this.#batch.length > 0) await this.#store();
    await this.#storing;
  }

  /** Waits until nothing is being stored, whatever became of it. */
  async settle(): Promise<void> {
    await this.#storing.catch(() => undefined);
  }

  async #store(): Promise<void> {
    await this.#storing;
    const batch = this.#batch;
    this.#batch = [];
    this.#storing = storeBatch(this.#turn, this.#context, batch);
    // Looked at with the next batch; until then it is no one's.
    this.#storing.catch(() => undefined);
  }
}

async function storeBatch(turn: Turn, context: CheckContext, batch: readonly ReadRow[]): Promise<void> {
  await withTransaction(async (tx) => {
    const last = batch.at(-1)?.read.row ?? 0;
    if (!(await keepTurn(tx, turn, { readUpTo: last }))) throw new TurnLost();
    await checkRows(tx, context, batch);
  });
}

/** All rows are read: checked too, unless the merchant changed what they mean meanwhile. */
async function finish(tx: Parameters<typeof markRepeated>[0], turn: Turn): Promise<void> {
  const { shopId, importId } = turn.seen;
  if (!(await keepTurn(tx, turn, {}))) throw new TurnLost();
  await markRepeated(tx, turn.seen);
  await tx.query(
    `UPDATE imports SET read_at = clock_timestamp(), checked_at = clock_timestamp(), checked_up_to = 0, checked_version = version,
       state = CASE WHEN checked_version = version THEN 'checked' ELSE 'checking' END WHERE shop_id = $1 AND import_id = $2`,
    [shopId, importId],
  );
}

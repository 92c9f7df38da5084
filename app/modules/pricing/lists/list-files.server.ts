/** A price list as an Excel file, and such a file read back. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createReadableStreamFromReadable } from '@remix-run/node';
import type { TFunction } from 'i18next';
import { pool } from '#app/db.server.ts';
import { openWorkbook } from '#app/integrations/excel/read-workbook.server.ts';
import { streamWorkbook } from '#app/integrations/excel/workbook.server.ts';
import { formatDecimal } from '#app/lib/money.ts';
import { readRequestBody, refusedBodyStatus } from '#app/lib/read-body.server.ts';
import { separators } from '#app/lib/format.ts';
import { UnreadableFile, type TableCell } from '#app/lib/table-cells.ts';
import { LIST_ROWS_MAX } from '../rules/list-rows.ts';

interface Line {
  title: string;
  sku: string;
  quantity: number;
  priceMinor: bigint;
  retailMinor: bigint;
}

/** Returns a category's list as a response: SKU, quantity and price in front, as the import reads them. */
export async function exportList(
  shop: { shopId: bigint; currency: string },
  categoryId: bigint,
  t: TFunction,
): Promise<Response> {
  const { rows } = await pool.query<Line>(
    `SELECT v.title, v.sku, l.quantity, l.price_minor AS "priceMinor", v.price_minor AS "retailMinor"
     FROM list_prices l JOIN listed_variants v USING (shop_id, variant_id) WHERE l.shop_id = $1 AND l.category_id = $2
     ORDER BY v.title, v.variant_id, l.quantity`,
    [shop.shopId, categoryId],
  );
  const money = (minor: bigint) => Number(formatDecimal(minor, shop.currency));
  const columns = [
    { header: t('pricing.lists.sku'), width: 20 },
    { header: t('pricing.lists.quantity'), width: 12, format: '#,##0' },
    { header: t('pricing.lists.price'), width: 16, format: '#,##0.##' },
    { header: t('pricing.lists.retail'), width: 16, format: '#,##0.##' },
    { header: t('pricing.lists.product'), width: 50 },
  ];
  const cells = rows.map(({ title, sku, quantity, priceMinor, retailMinor }) => [
    sku,
    quantity,
    money(priceMinor),
    money(retailMinor),
    title,
  ]);
  const body = streamWorkbook([{ name: t('pricing.lists.title'), columns, rows: cells }]);
  return new Response(createReadableStreamFromReadable(body), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': 'attachment; filename="price-list.xlsx"',
      'cache-control': 'no-store',
    },
  });
}

const FILE_LIMITS = { bytes: 5 * 1024 * 1024, ms: 30_000 };

export type ListFile = { line: number; cells: string[] }[];

/**
 * Reads the first sheet of an Excel file that is the request's body; null for a file that is none. Throws the Response to send
 * instead for a body that is too large or too slow.
 */
export async function readListFile(request: Request, locale: string): Promise<ListFile | null> {
  const read = await readRequestBody(request, FILE_LIMITS);
  // The rest of the body is not awaited.
  if (read.state !== 'read')
    throw new Response(null, { status: refusedBodyStatus(read), headers: { Connection: 'close' } });
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'setia-list-'));
  try {
    const file = path.join(folder, 'list.xlsx');
    await fs.writeFile(file, read.body);
    return await readRows(file, locale);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

const COLUMNS = ['A', 'B', 'C'] as const;

async function readRows(file: string, locale: string): Promise<ListFile | null> {
  try {
    const workbook = await openWorkbook(file);
    try {
      const sheet = workbook.sheets.find(({ isHidden }) => !isHidden);
      const rows: ListFile = [];
      for await (const page of sheet?.readRows() ?? [])
        for (const { row, cells } of page) {
          // One too many is enough to say so.
          if (rows.length > LIST_ROWS_MAX) return rows;
          rows.push({ line: row, cells: COLUMNS.map((column) => cellText(cells[column], locale)) });
        }
      return rows.map(({ line, cells }) => ({ line, cells: cells[2] === '' ? cells.slice(0, 2) : cells }));
    } finally {
      workbook.close();
    }
  } catch (error) {
    if (error instanceof UnreadableFile) return null;
    throw error;
  }
}

/** A cell as someone would type it in `locale`; what is neither text nor a number is no SKU and no price. */
function cellText(cell: TableCell | undefined, locale: string): string {
  if (typeof cell === 'string') return cell.trim();
  if (typeof cell === 'number') return String(cell).replace('.', separators(locale).decimal);
  return '';
}

/** The liability report as an Excel file: one sheet per unit, amounts as numbers, points also in money. */
import { createReadableStreamFromReadable } from '@remix-run/node';
import type { TFunction } from 'i18next';
import { streamWorkbook, type Sheet } from '#app/integrations/excel/workbook.server.ts';
import { formatDecimal } from '#app/lib/money.ts';
import { readLiability, type UnitLiability } from './read-liability.server.ts';
import { valueMinor } from '#app/modules/redemptions/rules/redemption.ts';
import { type RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';

interface Shop {
  shopId: bigint;
  timeZone: string;
  currency: string;
}

const COLUMNS = ['issued', 'spent', 'given_back', 'expired', 'taken_back', 'outstanding', 'pending'] as const;
const AMOUNT = { width: 16, format: '#,##0.##' };

/** Returns a shop's report as a response. */
export async function exportLiability(shop: Shop, t: TFunction): Promise<Response> {
  const { units, rate } = await readLiability(shop);
  const body = streamWorkbook(units.map((liability) => sheetOf(liability, rate, shop, t)));
  return new Response(createReadableStreamFromReadable(body), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': 'attachment; filename="setia-liability.xlsx"',
      'cache-control': 'no-store',
    },
  });
}

function sheetOf(
  { unit, months, totals, outstanding, pending }: UnitLiability,
  rate: RedemptionRate,
  { currency }: Shop,
  t: TFunction,
): Sheet {
  const names = COLUMNS.map((name) => t(`reports.liability.${name}`));
  const isPoints = unit === 'POINTS';
  const money = (minor: bigint) => Number(formatDecimal(minor, currency));
  // Rounded towards zero as on screen, negative amounts too.
  const worth = (amount: bigint) => money(valueMinor(amount, rate));
  const cells = (amounts: bigint[]) =>
    isPoints ? [...amounts.map(Number), ...amounts.map(worth)] : amounts.map(money);
  const all = [
    ...months.map((month) => ({ ...month })),
    { ...totals, month: t('reports.liability.all_months'), outstanding, pending },
  ];
  return {
    name: isPoints ? t('units.points_title') : t('units.credit'),
    columns: [
      { header: t('reports.liability.month'), width: 14 },
      ...names.map((header) => ({ header, ...AMOUNT })),
      ...(isPoints
        ? names.map((name) => ({ header: t('reports.liability.money_of', { name, currency }), ...AMOUNT }))
        : []),
    ],
    rows: all.map((row) => [
      row.month.replace(/-01$/, ''),
      ...cells([
        row.issued,
        row.spent,
        row.givenBack,
        row.expired,
        row.takenBack,
        row.outstanding,
        row.pending,
      ]),
    ]),
  };
}

import { ledgerNow, pool } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { invariant } from '#app/lib/errors.ts';
import { readFormRules } from '#app/modules/crm/form/known-customer.server.ts';
import { hashNationalId } from '#app/modules/customers/national-id.server.ts';
import { readCountries, readRegions } from '#app/modules/regions/regions.server.ts';
import { categoryChoices, nameChoices } from '../rules/choice-words.ts';
import type { ImportField, Mapping } from '../rules/import-fields.ts';
import { isExample } from '../template/example-customer.ts';
import { makeRowReader, type RowRead } from '../values/read-row.ts';
import type { CheckContext } from './check-rows.server.ts';
import type { Import } from './import-rows.server.ts';
import { idColumnsOf } from './sealed-ids.server.ts';
import type { ImportSource } from './import-source.ts';

/** Fields that a shop has to turn on before they are kept. */
const SENSITIVE: readonly ImportField[] = ['housing', 'weightGrams', 'heightMm', 'nationalId'];

/** Month first; everywhere else the day is. */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'AS', 'MP', 'PR', 'VI']);

/** What a batch of an import is checked with: how its cells read, and what rows may name in this shop now. */
export async function readCheckContext(
  seen: Import,
  source: ImportSource,
  mapping: Mapping,
): Promise<CheckContext> {
  const { shopId, importId, choices, country, currency } = seen;
  invariant(currency, `shop ${shopId} imports and has no currency`);
  const [rules, now] = await Promise.all([readFormRules(shopId), ledgerNow(pool)]);
  const kept = Object.fromEntries(
    Object.entries(mapping).filter(
      ([, field]) =>
        (rules.asksSensitive || !SENSITIVE.includes(field)) &&
        (rules.asksWeddingDate || field !== 'weddingDate'),
    ),
  );
  const withoutExample = (read: RowRead): RowRead =>
    isExample(read.values, country)
      ? { ...read, isEmpty: true, values: {}, problems: [], suggestions: [] }
      : read;
  const readRow = makeRowReader({
    country,
    locale: choices.numberLocale ?? seen.locale,
    currency,
    today: localDay(now, seen.timeZone),
    dateOrder: choices.dateOrder ?? (MONTH_FIRST.has(country ?? '') ? 'mdy' : 'dmy'),
    isFrom1904: source.isFrom1904,
    categories: categoryChoices(
      rules.categories.map(({ categoryId, key, name }) => ({ value: categoryId.toString(), key, name })),
    ),
    tiers: nameChoices(rules.tiers.map(({ tierId, name }) => ({ value: tierId.toString(), name }))),
    regionsOf: readRegions,
    mapping: kept,
    headings: source.headings,
    countries: readCountries(),
  });
  return {
    key: { shopId, importId },
    choices,
    country,
    regionsOf: readRegions,
    emptyCells: choices.emptyCells,
    idColumns: idColumnsOf(mapping),
    mapped: new Set(Object.values(kept)),
    hashNationalId: (text) => hashNationalId(shopId, text),
    allowsDiscount: (categoryId) =>
      rules.categories.find((each) =>
        categoryId === null ? each.isDefault : each.categoryId.toString() === categoryId,
      )?.allowsPersonDiscount ?? false,
    read: (row) => withoutExample(readRow(row)),
  };
}

/** Customers as rows of a file. What an import can read back is written as it reads it. */
import type { TFunction } from 'i18next';
import { pool } from '#app/db.server.ts';
import type { WorkbookCell } from '#app/integrations/excel/workbook.server.ts';
import { wallClock } from '#app/lib/calendar-days.ts';
import { invariant } from '#app/lib/errors.ts';
import { currencyDigits, formatDecimal } from '#app/lib/money.ts';
import { readFormRules, type FormRules } from '#app/modules/crm/form/known-customer.server.ts';
import { RECORD_COLUMN_TYPES, recordOfRow, type RecordRow } from '#app/modules/customers/record-columns.ts';
import {
  SOCIAL_NETWORKS,
  type Consent,
  type CustomerRecord,
  type SocialNetwork,
} from '#app/modules/customers/rules/customer-record.ts';
import { readBalances } from '#app/modules/ledger/balances.queries.server.ts';
import {
  readSelection,
  selectCustomers,
  type SelectedCustomers,
} from '#app/modules/segments/selection.server.ts';
import { joinList } from '../../rules/list-text.ts';
import { COLUMNS_OF, shopColumns, type CustomerColumn } from '../export-kinds.ts';
import {
  cellsOf,
  chosenColumns,
  column,
  ROWS_A_READ,
  type ExportSource,
  type SourceColumn,
  type SourceColumns,
  type SourceContext,
} from './source.ts';

/** Opens the chosen customers; those of a filter are the ones that match when they are read. */
export async function openCustomers({ seen, asked, t }: SourceContext): Promise<ExportSource> {
  const { shopId, columns: chosen } = seen;
  const selection = readSelection(seen.selection);
  invariant(selection, `export ${seen.exportId} has a selection`);
  const [rules, selected] = await Promise.all([
    readFormRules(shopId),
    selectCustomers(pool, shopId, selection),
  ]);
  const shown = shopColumns('customers', asked).filter((name) => chosen.includes(name));
  const columns = chosenColumns(columnsOf(seen, rules, t), COLUMNS_OF.customers, shown);
  const withBalances = BALANCE_COLUMNS.some((name) => shown.includes(name));
  return {
    name: t('exports.kind.customers'),
    columns,
    total: await countSelected(selected),
    pages: readPages(shopId, selected, columns, withBalances),
  };
}

const BALANCE_COLUMNS: readonly string[] = ['availablePoints', 'availableCredit'] satisfies CustomerColumn[];

async function countSelected({ sql, values }: SelectedCustomers): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (${sql}) m`,
    values,
  );
  return rows[0]?.count ?? 0;
}

interface Row extends RecordRow {
  customer_id: bigint;
  category_id: bigint | null;
  tier_id: bigint | null;
  person_discount_bp: number | null;
  tags: string[];
  member_since: Date | null;
  orders: number;
  items: number;
  spend_minor: bigint;
  first_order_at: Date | null;
  latest_order_at: Date | null;
  added_at: Date | null;
}

interface Line extends Row {
  record: CustomerRecord;
  points: bigint;
  creditMinor: bigint;
}

const RECORD = Object.entries(RECORD_COLUMN_TYPES)
  .map(([name, type]) => (type === 'date' ? `c.${name}::text` : `c.${name}`))
  .join(', ');

/** The next customers by id: the selection is walked along the key, so that each page goes on where the last ended. */
const pageOf = ({ sql, values }: SelectedCustomers) => `
  SELECT c.customer_id, c.category_id, c.tier_id, c.person_discount_bp, c.tags, c.member_since, ${RECORD},
    s.orders_valid AS orders, s.items, s.spend_minor, s.first_order_at, s.latest_order_at, s.added_at
  FROM (SELECT m.customer_id FROM (${sql}) m WHERE m.customer_id > $${values.length + 1}::bigint
    ORDER BY m.customer_id LIMIT ${ROWS_A_READ}) m
  JOIN customers c ON c.shop_id = $1 AND c.customer_id = m.customer_id
  JOIN customer_stats s ON s.shop_id = $1 AND s.customer_id = m.customer_id
  ORDER BY m.customer_id`;

async function* readPages(
  shopId: bigint,
  selected: SelectedCustomers,
  columns: readonly SourceColumn<Line>[],
  withBalances: boolean,
): AsyncGenerator<WorkbookCell[][]> {
  const statement = pageOf(selected);
  let after = 0n;
  for (;;) {
    const { rows } = await pool.query<Row>(statement, [...selected.values, after]);
    const last = rows.at(-1)?.customer_id;
    if (last === undefined) return;
    const lines = await toLines(shopId, rows, withBalances);
    yield lines.map((line) => cellsOf(columns, line));
    if (rows.length < ROWS_A_READ) return;
    after = last;
  }
}

async function toLines(shopId: bigint, rows: readonly Row[], withBalances: boolean): Promise<Line[]> {
  const ids = rows.map(({ customer_id }) => customer_id);
  const balances = withBalances ? await readBalances(pool, shopId, ids) : [];
  const available = new Map(balances.map((each) => [`${each.customerId}/${each.unit}`, each.available]));
  return rows.map((row) => ({
    ...row,
    record: recordOfRow(row),
    points: available.get(`${row.customer_id}/POINTS`) ?? 0n,
    creditMinor: available.get(`${row.customer_id}/CREDIT`) ?? 0n,
  }));
}

const GRAMS_A_KILOGRAM = 1_000;
const MM_A_CENTIMETRE = 10;
const BP_A_PERCENT = 100;

const divided = (value: number | null, by: number) => (value === null ? null : value / by);

function columnsOf(
  { currency, timeZone }: SourceContext['seen'],
  { categories, tiers }: FormRules,
  t: TFunction,
): SourceColumns<CustomerColumn, Line> {
  const categoryNames = new Map(categories.map(({ categoryId, name }) => [categoryId, name]));
  const tierNames = new Map(tiers.map(({ tierId, name }) => [tierId, name]));
  const header = (name: CustomerColumn) => t(`exports.column.customers.${name}`, { currency });
  const money = (minor: bigint) => Number(formatDecimal(minor, currency));
  const local = (at: Date | null) => at && wallClock(at, timeZone);
  const consent = (said: Consent | null) =>
    said === 'subscribed' || said === 'unsubscribed' ? t(`exports.consent.${said}`) : null;
  const account = (network: SocialNetwork) =>
    network === 'whatsapp'
      ? column.code<Line>(header(network), ({ record }) => record.social[network] ?? null)
      : column.text<Line>(header(network), ({ record }) => record.social[network] ?? null);
  const digits = currencyDigits(currency);
  return {
    ...recordColumns(header),
    ...accounts(account),
    category: column.text(header('category'), ({ category_id: id }) =>
      id === null ? null : (categoryNames.get(id) ?? null),
    ),
    tier: column.text(header('tier'), ({ tier_id: id }) =>
      id === null ? null : (tierNames.get(id) ?? null),
    ),
    gender: column.text(header('gender'), ({ record: { gender } }) =>
      gender === null ? null : t(`customer_detail.gender.${gender}`),
    ),
    housing: column.text(header('housing'), ({ record: { housing } }) =>
      housing === null ? null : t(`customer_detail.housing.${housing}`),
    ),
    smsConsent: column.text(header('smsConsent'), ({ record }) => consent(record.smsConsent)),
    emailConsent: column.text(header('emailConsent'), ({ record }) => consent(record.emailConsent)),
    discountBp: column.number(
      header('discountBp'),
      (line) => divided(line.person_discount_bp, BP_A_PERCENT),
      2,
    ),
    availablePoints: column.number(header('availablePoints'), ({ points }) => Number(points)),
    availableCredit: column.number(
      header('availableCredit'),
      ({ creditMinor }) => money(creditMinor),
      digits,
    ),
    orders: column.number(header('orders'), ({ orders }) => orders),
    items: column.number(header('items'), ({ items }) => items),
    sales: column.number(header('sales'), (line) => money(line.spend_minor), digits),
    firstOrder: column.timestamp(header('firstOrder'), (line) => local(line.first_order_at)),
    lastOrder: column.timestamp(header('lastOrder'), (line) => local(line.latest_order_at)),
    memberSince: column.timestamp(header('memberSince'), (line) => local(line.member_since)),
    addedAt: column.timestamp(header('addedAt'), (line) => local(line.added_at)),
  };
}

/** The columns that are the record's own texts, days and numbers. */
function recordColumns(header: (name: CustomerColumn) => string) {
  return {
    customerId: column.code<Line>(header('customerId'), (line) => String(line.customer_id)),
    firstName: column.text<Line>(header('firstName'), ({ record }) => record.firstName),
    lastName: column.text<Line>(header('lastName'), ({ record }) => record.lastName),
    phone: column.code<Line>(header('phone'), ({ record }) => record.phone),
    email: column.text<Line>(header('email'), ({ record }) => record.email, 28),
    country: column.text<Line>(header('country'), ({ record }) => record.address?.countryCode ?? null, 10),
    province: column.text<Line>(header('province'), ({ record }) => record.address?.province ?? null),
    city: column.text<Line>(header('city'), ({ record }) => record.address?.city ?? null),
    district: column.text<Line>(header('district'), ({ record }) => record.address?.district ?? null),
    village: column.text<Line>(header('village'), ({ record }) => record.address?.village ?? null),
    postalCode: column.code<Line>(
      header('postalCode'),
      ({ record }) => record.address?.postalCode ?? null,
      12,
    ),
    street: column.text<Line>(header('street'), ({ record }) => record.address?.street ?? null, 36),
    birthDate: column.day<Line>(header('birthDate'), ({ record }) => record.birthDate),
    weddingDate: column.day<Line>(header('weddingDate'), ({ record }) => record.weddingDate),
    interests: column.text<Line>(header('interests'), ({ record }) => joinList(record.interests), 28),
    weightGrams: column.number<Line>(
      header('weightGrams'),
      ({ record }) => divided(record.weightGrams, GRAMS_A_KILOGRAM),
      3,
    ),
    heightMm: column.number<Line>(
      header('heightMm'),
      ({ record }) => divided(record.heightMm, MM_A_CENTIMETRE),
      1,
    ),
    tags: column.text<Line>(header('tags'), (line) => joinList(line.tags), 28),
    note: column.text<Line>(header('note'), ({ record }) => record.note, 40),
  };
}

function accounts(
  make: (network: SocialNetwork) => SourceColumn<Line>,
): Record<SocialNetwork, SourceColumn<Line>> {
  const [instagram, facebook, tiktok, line, whatsapp, telegram, x] = SOCIAL_NETWORKS;
  return {
    [instagram]: make(instagram),
    [facebook]: make(facebook),
    [tiktok]: make(tiktok),
    [line]: make(line),
    [whatsapp]: make(whatsapp),
    [telegram]: make(telegram),
    [x]: make(x),
  };
}

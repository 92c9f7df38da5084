/** What can be exported, and in which columns. Browser and server. */
import { SOCIAL_NETWORKS } from '#app/modules/customers/rules/customer-record.ts';

export const EXPORT_KINDS = [
  'customers',
  'ledger',
  'orders',
  'messages',
  'wallet',
  'consents',
  'campaign',
] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

export const EXPORT_FORMATS = ['xlsx', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What a selection of rows is called. */
export const EXPORT_SCOPES = ['all', 'search', 'segment', 'ticked'] as const;
export type ExportScope = (typeof EXPORT_SCOPES)[number];

/** Columns of customers that an import reads back, by the names of its fields. */
export const RECORD_COLUMNS = [
  'customerId',
  'category',
  'firstName',
  'lastName',
  'gender',
  'phone',
  'email',
  'country',
  'province',
  'city',
  'district',
  'village',
  'postalCode',
  'street',
  ...SOCIAL_NETWORKS,
  'birthDate',
  'weddingDate',
  'interests',
  'housing',
  'weightGrams',
  'heightMm',
  'smsConsent',
  'emailConsent',
  'tier',
  'discountBp',
  'tags',
  'note',
] as const;

/** Columns of customers that are counted here; an import leaves them alone. */
export const FIGURE_COLUMNS = [
  'availablePoints',
  'availableCredit',
  'orders',
  'items',
  'sales',
  'firstOrder',
  'lastOrder',
  'memberSince',
  'addedAt',
] as const;

export const CUSTOMER_COLUMNS = [...RECORD_COLUMNS, ...FIGURE_COLUMNS] as const;
export type CustomerColumn = (typeof CUSTOMER_COLUMNS)[number];

export const LEDGER_COLUMNS = [
  'entry',
  'created',
  'effective',
  'customer_id',
  'customer',
  'email',
  'phone',
  'kind',
  'reason',
  'unit',
  'amount',
  'balance',
  'order',
  'code',
  'valid_from',
  'expires',
  'by',
  'note',
] as const;
export type LedgerColumn = (typeof LEDGER_COLUMNS)[number];

export const ORDER_COLUMNS = [
  'order',
  'order_id',
  'processed',
  'customer_id',
  'customer',
  'email',
  'phone',
  'channel',
  'total',
  'currency',
  'payment',
  'cancelled',
  'test',
  'points',
  'credit',
  'price_rule',
  'price_discount',
] as const;
export type OrderColumn = (typeof ORDER_COLUMNS)[number];

export const MESSAGE_COLUMNS = [
  'message',
  'created',
  'finished',
  'customer_id',
  'customer',
  'phone',
  'country',
  'text',
  'status',
  'reason',
  'error',
  'parts',
  'cost',
  'campaign',
  'by',
] as const;
export type MessageColumn = (typeof MESSAGE_COLUMNS)[number];

export const WALLET_COLUMNS = [
  'entry',
  'created',
  'kind',
  'amount',
  'balance',
  'credit',
  'owed',
  'messages',
  'campaign',
  'note',
  'by',
] as const;
export type WalletColumn = (typeof WALLET_COLUMNS)[number];

export const CONSENT_COLUMNS = [
  'recorded',
  'customer_id',
  'customer',
  'phone',
  'email',
  'channel',
  'state',
  'source',
  'said',
  'wording',
  'text',
  'rule',
  'by',
] as const;
export type ConsentColumn = (typeof CONSENT_COLUMNS)[number];
export const CAMPAIGN_COLUMNS = [
  'customer_id',
  'customer',
  'phone',
  'country',
  'text',
  'status',
  'reason',
  'error',
  'sent',
  'finished',
  'clicked',
  'answered',
  'parts',
  'cost',
  'orders',
  'net',
] as const;
export type CampaignColumn = (typeof CAMPAIGN_COLUMNS)[number];

/** Every column of a kind, in the order of the file. */
export const COLUMNS_OF = {
  customers: CUSTOMER_COLUMNS,
  ledger: LEDGER_COLUMNS,
  orders: ORDER_COLUMNS,
  messages: MESSAGE_COLUMNS,
  wallet: WALLET_COLUMNS,
  consents: CONSENT_COLUMNS,
  campaign: CAMPAIGN_COLUMNS,
} as const satisfies Record<ExportKind, readonly string[]>;

/** Columns that a shop has only where it turned the field on, as in the form of a customer. */
const SENSITIVE_COLUMNS: readonly string[] = ['housing', 'weightGrams', 'heightMm'];

/** Which fields the shop has turned on. */
export interface AskedFields {
  asksSensitive: boolean;
  asksWeddingDate: boolean;
}

/** Returns the columns of a kind that a shop has, in the order of the file. */
export function shopColumns(kind: ExportKind, { asksSensitive, asksWeddingDate }: AskedFields): string[] {
  return COLUMNS_OF[kind].filter(
    (column) =>
      kind !== 'customers' ||
      ((asksSensitive || !SENSITIVE_COLUMNS.includes(column)) &&
        (asksWeddingDate || column !== 'weddingDate')),
  );
}

/** Days that a file can be downloaded. */
export const FILE_DAYS = 7;

/** What staff did with sensitive data; each has a text `privacy.access.<kind>`. */
export const ACCESS_KINDS = [
  'national_id',
  'national_id_set',
  'national_id_removed',
  'national_id_search',
  'export',
] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** What staff took of many customers at once, or of customers nobody looked up; `privacy.access.<kind>` too. */
export const SHOP_ACCESS_KINDS = [
  'ledger_export',
  'export_download',
  'import_download',
  'failed_event',
  'application_id_card',
] as const;
export type ShopAccessKind = (typeof SHOP_ACCESS_KINDS)[number];

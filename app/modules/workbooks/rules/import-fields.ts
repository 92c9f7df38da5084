/** What a column of an imported table can hold: the fields of the customer's form, and opening balances. */
export const IMPORT_FIELDS = [
  'customerId',
  'category',
  'fullName',
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
  'instagram',
  'facebook',
  'tiktok',
  'line',
  'whatsapp',
  'telegram',
  'x',
  'birthDate',
  'weddingDate',
  'interests',
  'housing',
  'weightGrams',
  'heightMm',
  'nationalId',
  'smsConsent',
  'emailConsent',
  'tier',
  'discountBp',
  'openingPoints',
  'openingCredit',
  'tags',
  'note',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Whether a text names a field. */
export function isImportField(text: string): text is ImportField {
  return IMPORT_FIELDS.some((field) => field === text);
}

/** Column letters -> field. Columns that are left out are the merchant's own. */
export type Mapping = Readonly<Record<string, ImportField>>;

/** A row's values, normalised (README.md says how each is written). A field that is left out is empty or wrong. */
export type RowValues = { -readonly [Field in ImportField]?: string | number | string[] };

/** What can be wrong with a cell, or with a row as a whole. */
export const ROW_PROBLEMS = [
  'not_a_phone',
  'phone_scientific',
  'phone_unclear',
  'more_than_one',
  'not_an_email',
  'not_a_day',
  'in_future',
  'year_unclear',
  'year_only',
  'not_a_number',
  'not_whole',
  'too_small',
  'too_large',
  'too_long',
  'too_many',
  'not_a_handle',
  'invalid',
  'unknown_choice',
  'region_unknown',
  'region_ambiguous',
  'formula_without_value',
  'error_cell',
  'nothing_to_identify',
] as const;
export type RowProblemCode = (typeof ROW_PROBLEMS)[number];

/** `written`: the cell as the merchant wrote it. `limit`: the one that was exceeded. */
export interface RowProblem {
  column: string;
  field: ImportField;
  code: RowProblemCode;
  written: string;
  limit?: string | undefined;
}

/** A cell written almost right: the value is what is suggested. */
export interface Suggestion {
  column: string;
  field: ImportField;
  written: string;
  suggests: string;
}

/** The template as a form: columns, lists, example, regions. Pure. */
import type { TFunction } from 'i18next';
import {
  sheetName,
  type Form,
  type FormCell,
  type FormColumn,
  type FormSheet,
} from '#app/integrations/excel/write-form.server.ts';
import { columnLetters } from '#app/lib/table-cells.ts';
import { GENDERS, HOUSINGS, SOCIAL_NETWORKS } from '#app/modules/customers/rules/customer-record.ts';
import { VILLAGE_COUNTRIES } from '#app/modules/regions/rules/address.ts';
import type { RegionIndex } from '#app/modules/regions/rules/regions.ts';
import { TEMPLATE_NAME } from '../read/open-table.server.ts';
import type { ImportField } from '../rules/import-fields.ts';
import { EXAMPLE_EMAIL, examplePhone } from './example-customer.ts';
import {
  examplePlace,
  PATH_MARK,
  provincePages,
  regionLists,
  type NameOf,
  type RegionLists,
} from './region-lists.ts';

/** What a template depends on; another one of these is another version. */
export interface TemplateFacts {
  country: string | null;
  locale: string;
  categories: readonly string[];
  tiers: readonly string[];
  asksSensitive: boolean;
  asksWeddingDate: boolean;
}

/** The fields of the form that adds a customer, in its order, then what only a file can bring. */
const TEMPLATE_FIELDS = [
  'category',
  'firstName',
  'lastName',
  'gender',
  'phone',
  'email',
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
  'nationalId',
  'smsConsent',
  'emailConsent',
  'tier',
  'discountBp',
  'openingPoints',
  'openingCredit',
  'tags',
  'note',
] as const satisfies readonly ImportField[];
type TemplateField = (typeof TEMPLATE_FIELDS)[number];

const SENSITIVE: readonly string[] = ['housing', 'weightGrams', 'heightMm', 'nationalId'];
/** One of the two is needed; a name helps people. */
const REQUIRED: readonly string[] = ['firstName', 'phone'];
/** What spreadsheets would turn into numbers or other dates. */
const TEXTS: readonly string[] = [
  'phone',
  'whatsapp',
  'postalCode',
  'nationalId',
  'birthDate',
  'weddingDate',
];
const HELPED = [
  'firstName',
  'phone',
  'email',
  'province',
  'city',
  'district',
  'village',
  'birthDate',
  'weddingDate',
  'interests',
  'smsConsent',
  'emailConsent',
  'discountBp',
  'openingPoints',
  'openingCredit',
  'tags',
] as const;
const WIDE: Readonly<Record<string, number>> = { email: 28, street: 36, interests: 28, note: 36 };
const WIDTH = 18;
const CODE_WIDTH = 32;

/** Rows that have lists to choose from; more can be filled in without. */
export const LISTED_ROWS = 10_000;

const LISTS = 'Lists';
const PROVINCE_COLUMN = 0;
const CITY_COLUMN = 1;
const DISTRICT_COLUMN = 3;
const FIRST_CHOICE_COLUMN = 5;

/** Returns the template's form; `version` is what it is known by when it comes back. */
export function buildForm(
  facts: TemplateFacts,
  index: RegionIndex | null,
  version: string,
  t: TFunction,
): Form {
  const nameOf: NameOf = ({ name, localName }) =>
    (facts.locale === 'th' || facts.locale === 'fa' ? localName : null) ?? name;
  const lists = index && regionLists(index, nameOf, facts.locale);
  const fields = TEMPLATE_FIELDS.filter((field) => isShown(field, facts, lists));
  const choices = choicesOf(facts, t);
  const main = sheetName(t('import_template.sheet.customers'), new Set());
  const example = exampleRow(fields, facts, index && examplePlace(index, nameOf), choices);
  return {
    textNames: { [TEMPLATE_NAME]: version },
    warning: { title: t('import_template.warning_title'), text: t('import_template.warning') },
    rows: LISTED_ROWS,
    sheets: [
      {
        name: main,
        columns: fields.map((field) => columnOf(field, fields, lists, choices, t)),
        rows: [example],
      },
      ...(index ? regionSheets(provincePages(index, nameOf, facts.locale), main, t) : []),
      listSheet(lists, choices),
    ],
  };
}

function isShown(
  field: TemplateField,
  { country, asksSensitive, asksWeddingDate }: TemplateFacts,
  lists: RegionLists | null,
): boolean {
  if (SENSITIVE.includes(field)) return asksSensitive;
  if (field === 'weddingDate') return asksWeddingDate;
  if (field === 'village') return VILLAGE_COUNTRIES.includes(country ?? '');
  return field !== 'district' || lists === null || lists.districts.length > 0;
}

type ChoiceField = 'category' | 'gender' | 'housing' | 'smsConsent' | 'emailConsent' | 'tier';

function choicesOf(
  { categories, tiers }: TemplateFacts,
  t: TFunction,
): Record<ChoiceField, readonly string[]> {
  const yesNo = [t('exports.consent.subscribed'), t('exports.consent.unsubscribed')];
  return {
    category: categories,
    gender: GENDERS.map((gender) => t(`customer_detail.gender.${gender}`)),
    housing: HOUSINGS.map((housing) => t(`customer_detail.housing.${housing}`)),
    smsConsent: yesNo,
    emailConsent: yesNo,
    tier: tiers,
  };
}

const range = (column: number, rows: number) => {
  const letters = columnLetters(column);
  return `${LISTS}!$${letters}$2:$${letters}$${rows + 1}`;
};

/** The names of one parent: they are beside each other in the list, so the first one and how many say which. */
function dependent(parent: string, column: number, rows: number): string {
  const parents = range(column, rows);
  const first = `${LISTS}!$${columnLetters(column + 1)}$2`;
  return `OFFSET(${first},MATCH(${parent},${parents},0)-1,0,COUNTIF(${parents},${parent}),1)`;
}

function choicesFormula(
  field: TemplateField,
  fields: readonly TemplateField[],
  lists: RegionLists | null,
  choices: Record<ChoiceField, readonly string[]>,
): string | null {
  const cell = (of: TemplateField) => `$${columnLetters(fields.indexOf(of))}2`;
  if (lists && field === 'province') return range(PROVINCE_COLUMN, lists.provinces.length);
  if (lists && field === 'city') return dependent(cell('province'), CITY_COLUMN, lists.cities.length);
  if (lists && field === 'district') {
    const path = `${cell('province')}&"${PATH_MARK}"&${cell('city')}`;
    return dependent(path, DISTRICT_COLUMN, lists.districts.length);
  }
  const place = Object.keys(choices).indexOf(field);
  const count = new Map<string, readonly string[]>(Object.entries(choices)).get(field)?.length ?? 0;
  return count === 0 ? null : range(FIRST_CHOICE_COLUMN + place, count);
}

function columnOf(
  field: TemplateField,
  fields: readonly TemplateField[],
  lists: RegionLists | null,
  choices: Record<ChoiceField, readonly string[]>,
  t: TFunction,
): FormColumn {
  const isRequired = REQUIRED.includes(field);
  const helped = HELPED.find((each) => each === field);
  const formula = choicesFormula(field, fields, lists, choices);
  return {
    header: `${headingOf(field, t)}${isRequired ? ' *' : ''}`,
    width: WIDE[field] ?? WIDTH,
    isRequired,
    ...(TEXTS.includes(field) ? { format: '@' } : {}),
    ...(helped === undefined ? {} : { help: t(`import_template.help.${helped}`) }),
    ...(formula === null ? {} : { choices: formula }),
  };
}

/** As an export has it, so that both are known when they come back. */
function headingOf(field: TemplateField, t: TFunction): string {
  if (field === 'nationalId' || field === 'openingPoints' || field === 'openingCredit')
    return t(`import_template.column.${field}`);
  return t(`exports.column.customers.${field}`);
}

function exampleRow(
  fields: readonly TemplateField[],
  { country }: TemplateFacts,
  place: Record<string, string> | null,
  choices: Record<ChoiceField, readonly string[]>,
): FormCell[] {
  const values: Partial<Record<TemplateField, string>> = {
    ...place,
    category: choices.category[0] ?? '',
    firstName: 'Siti',
    lastName: 'Contoh',
    gender: choices.gender[0] ?? '',
    phone: examplePhone(country),
    email: EXAMPLE_EMAIL,
    birthDate: '1990-12-31',
  };
  return fields.map((field) => values[field] || null);
}

/** The provinces with a link to each, then a sheet a province. */
function regionSheets(pages: ReturnType<typeof provincePages>, main: string, t: TFunction): FormSheet[] {
  const taken = new Set([main.toLowerCase(), LISTS.toLowerCase()]);
  const take = (text: string): string => {
    const name = sheetName(text, taken);
    taken.add(name.toLowerCase());
    return name;
  };
  const regions = take(t('import_template.sheet.regions'));
  const named = pages.map((page) => ({ ...page, sheet: take(page.province) }));
  const heading = (name: 'province' | 'city' | 'district' | 'postalCode') =>
    t(`exports.column.customers.${name}`);
  const hasDistricts = pages.some(({ rows }) => rows.some(({ district }) => district !== null));
  const back = { text: `← ${regions}`, sheet: regions };
  return [
    {
      name: regions,
      columns: [{ header: heading('province'), width: CODE_WIDTH }],
      rows: named.map(({ province, sheet }) => [{ text: province, sheet }]),
    },
    ...named.map(({ sheet, rows }): FormSheet => ({
      name: sheet,
      columns: [
        { header: heading('city'), width: CODE_WIDTH },
        ...(hasDistricts ? [{ header: heading('district'), width: CODE_WIDTH }] : []),
        { header: heading('postalCode'), width: CODE_WIDTH, format: '@' },
        { header: '', width: WIDTH },
      ],
      rows: rows.map(({ city, district, postalCodes }, at): FormCell[] => [
        city,
        ...(hasDistricts ? [district] : []),
        postalCodes || null,
        ...(at === 0 ? [back] : []),
      ]),
    })),
  ];
}

/** What the lists of the first sheet are read from. */
function listSheet(lists: RegionLists | null, choices: Record<ChoiceField, readonly string[]>): FormSheet {
  const columns: (readonly string[])[] = [
    lists?.provinces ?? [],
    lists?.cities.map(({ parent }) => parent) ?? [],
    lists?.cities.map(({ name }) => name) ?? [],
    lists?.districts.map(({ parent }) => parent) ?? [],
    lists?.districts.map(({ name }) => name) ?? [],
    ...Object.values(choices),
  ];
  const length = Math.max(...columns.map((column) => column.length));
  return {
    name: LISTS,
    isHidden: true,
    columns: columns.map(() => ({ header: '-', width: WIDTH })),
    rows: Array.from({ length }, (_, at) => columns.map((column) => column[at] ?? null)),
  };
}

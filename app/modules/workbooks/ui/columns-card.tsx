import { Banner, BlockStack, Button, Card, Collapsible, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { Select } from '#app/components/fields.tsx';
import { useFollowing } from '#app/components/use-following.ts';
import { useUnsaved } from '#app/components/unsaved.ts';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { textOfCell } from '../rules/cell-text.ts';
import { IMPORT_FIELDS, isImportField, type ImportField, type Mapping } from '../rules/import-fields.ts';
import type { ImportDetail } from '../import/imports.queries.server.ts';

type Proposal = NonNullable<ImportDetail['proposal']>;
type Column = Proposal['columns'][number];
type Row = Proposal['sample'][number];

const EXAMPLES_MAX = 3;
const ROWS_ID = 'import-first-rows';

interface ColumnsCardProps {
  proposal: Proposal;
  mapping: Mapping;
  /** Once it runs the columns are settled. */
  isOpen: boolean;
  /** Hears whether there is a change that isn't saved. */
  onUnsaved: (isUnsaved: boolean) => void;
}

type Draft = Readonly<Record<string, string>>;
const keyOf = (draft: Draft): string => JSON.stringify(sorted(draft));

/** Which column is which field, as proposed and as the merchant corrects it, with the first rows. */
export function ColumnsCard({ proposal, mapping, isOpen, onUnsaved }: ColumnsCardProps) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const { draft, setDraft, isChanged } = useFollowing<Draft>(mapping, keyOf);
  const twice = Object.values(draft).find(
    (field, index, all) => isImportField(field) && all.indexOf(field) !== index,
  );
  useUnsaved(isChanged);
  useEffect(() => onUnsaved(isChanged), [isChanged, onUnsaved]);
  const error =
    twice !== undefined && isImportField(twice)
      ? t('imports.columns.twice', { field: t(`imports.fields.${twice}`) })
      : errorOf('form');
  const save = (): void =>
    action.act({ intent: 'mapping', mapping: keyOf(draft) }, t('imports.columns.saved'));
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <CardTitle>{t('imports.columns.title')}</CardTitle>
          <Text as="p" tone="subdued">
            {t('imports.columns.what')}
          </Text>
        </BlockStack>
        <Notes notes={proposal.notes} />
        <ul className="bare-list">
          {proposal.columns.map((column) => (
            <ColumnLine
              key={column.column}
              column={column}
              examples={examplesOf(column, proposal.sample)}
              field={draft[column.column] ?? ''}
              isOpen={isOpen}
              onChange={(field) => setDraft({ ...draft, [column.column]: field })}
            />
          ))}
        </ul>
        <FirstRows proposal={proposal} />
        <div role="alert">{error && <Banner tone="critical">{error}</Banner>}</div>
        {isOpen && (
          <div>
            <Button onClick={save} loading={action.isBusy} disabled={!isChanged || twice !== undefined}>
              {t('imports.columns.save')}
            </Button>
          </div>
        )}
      </BlockStack>
    </Card>
  );
}

/** What is mapped, in the order of columns. */
function sorted(draft: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(draft)
      .filter(([, field]) => isImportField(field))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function examplesOf({ column }: Column, sample: readonly Row[]): string {
  const texts = sample.flatMap(({ cells: { [column]: cell } }) =>
    cell === undefined ? [] : (textOfCell(cell, false) ?? []),
  );
  return [...new Set(texts.filter((text) => text.trim() !== ''))].slice(0, EXAMPLES_MAX).join(' · ');
}

interface ColumnLineProps {
  column: Column;
  examples: string;
  field: string;
  isOpen: boolean;
  onChange: (field: string) => void;
}

function ColumnLine({ column, examples, field, isOpen, onChange }: ColumnLineProps) {
  const { t } = useTranslation();
  const heading = column.heading || t('imports.columns.no_heading', { column: column.column });
  const options = [
    { value: '', label: t('imports.columns.not_imported') },
    ...IMPORT_FIELDS.map((each: ImportField) => ({ value: each, label: t(`imports.fields.${each}`) })),
  ];
  const isDoubtful = column.isDoubtful && field === column.field;
  return (
    <li className="ruled import-column">
      <BlockStack gap="050">
        <Text as="span" fontWeight="semibold" breakWord>
          {heading}
        </Text>
        <Text as="span" tone="subdued" variant="bodySm" breakWord>
          {examples === '' ? '–' : examples}
        </Text>
      </BlockStack>
      <BlockStack gap="050">
        <Select
          label={t('imports.columns.field') + ': ' + heading}
          labelHidden
          options={options}
          value={field}
          disabled={!isOpen}
          onChange={onChange}
        />
        {isDoubtful && (
          <Text as="span" tone="caution" variant="bodySm">
            {t('imports.columns.doubtful')}
          </Text>
        )}
      </BlockStack>
    </li>
  );
}

const NOTES = [
  'hidden_rows',
  'hidden_columns',
  'merged_cells',
  'macros_ignored',
  'hidden_sheets',
  'other_sheets',
  'rows_above_heading',
  'duplicate_heading',
  'ignored_columns',
  'encoding',
  'delimiter',
] as const;

/** What the merchant should know of the file. */
function Notes({ notes }: { notes: Proposal['notes'] }) {
  const { t } = useTranslation();
  const texts = notes.flatMap(({ code, detail }) => {
    const known = NOTES.find((each) => each === code);
    const shown = detail === '\t' ? 'tab' : detail;
    return known === undefined ? [] : [t(`imports.notes.${known}`, { detail: shown })];
  });
  if (texts.length === 0) return null;
  return (
    <Text as="p" tone="subdued" breakWord>
      {texts.join(' ')}
    </Text>
  );
}

/** The first rows as they are in the file; the table scrolls in itself. */
function FirstRows({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  const { columns, sample } = proposal;
  return (
    <BlockStack gap="200">
      <InlineStack>
        <Button
          variant="plain"
          disclosure={isShown ? 'up' : 'down'}
          ariaExpanded={isShown}
          ariaControls={ROWS_ID}
          onClick={() => setIsShown(!isShown)}
        >
          {isShown ? t('imports.sample.hide') : t('imports.sample.show')}
        </Button>
      </InlineStack>
      <Collapsible id={ROWS_ID} open={isShown}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard */}
        <div className="import-sample" role="region" aria-label={t('imports.sample.title')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('imports.sample.row')}</th>
                {columns.map(({ column, heading }) => (
                  <th key={column} scope="col">
                    {heading || column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sample.map(({ row, cells }) => (
                <tr key={row}>
                  <th scope="row">{row}</th>
                  {columns.map(({ column }) => (
                    <td key={column}>{textOf(cells[column])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Collapsible>
    </BlockStack>
  );
}

function textOf(cell: Row['cells'][string] | undefined): string {
  if (cell === undefined) return '';
  return typeof cell === 'object' && 'error' in cell ? cell.error : (textOfCell(cell, false) ?? '');
}

import { BlockStack, Button, Card, InlineGrid } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '#app/components/day-field.tsx';
import { CardTitle } from '#app/components/card-title.tsx';
import { Checkbox, ChoiceList, Select, TextField } from '#app/components/fields.tsx';
import { useFollowing } from '#app/components/use-following.ts';
import { useUnsaved } from '#app/components/unsaved.ts';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useOptions } from '#app/components/use-options.ts';
import { CONSENT_SOURCES } from '#app/modules/crm/form/form-values.ts';
import type { ImportDetail } from '../import/imports.queries.server.ts';
import type { ImportField } from '../rules/import-fields.ts';

type Choices = ImportDetail['choices'];

const MODES = ['both', 'create', 'update'] as const;
const IDENTITIES = ['phone_or_email', 'phone', 'email'] as const;
const EMPTIES = ['keep', 'clear'] as const;
const DATE_ORDERS = ['shop', 'dmy', 'mdy'] as const;

const draftOf = (choices: Choices) => ({
  mode: choices.mode,
  identity: choices.identity,
  emptyCells: choices.emptyCells,
  takesDoubtful: String(choices.takesDoubtful),
  takesSuggestions: String(choices.takesSuggestions),
  openingUntil: choices.openingUntil ?? '',
  tags: choices.tags.join(', '),
  consentSource: choices.consentSource,
  dateOrder: choices.dateOrder ?? '',
});

/** As it is stored: spaces around commas mean nothing. */
const tidied = (draft: Readonly<Record<string, string>>) => ({
  ...draft,
  tags: (draft.tags ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
    .join(','),
});

interface ChoicesCardProps {
  choices: Choices;
  /** What the columns hold: fields without a column ask nothing. */
  fields: ReadonlySet<ImportField>;
  /** Hears whether there are choices that aren't saved. */
  onUnsaved: (isUnsaved: boolean) => void;
}

type Draft = Record<keyof ReturnType<typeof draftOf>, string>;

const keyOf = (draft: Draft): string => JSON.stringify(tidied(draft));

/** What the merchant decides before the import: whom, what empty cells mean, tags, balances, consent. */
export function ChoicesCard({ choices, fields, onUnsaved }: ChoicesCardProps) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const { draft, setDraft, isChanged } = useFollowing<Draft>(draftOf(choices), keyOf);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  useUnsaved(isChanged);
  useEffect(() => onUnsaved(isChanged), [isChanged, onUnsaved]);
  return (
    <Card>
      <BlockStack gap="400">
        <CardTitle>{t('imports.choices.title')}</CardTitle>
        <ChoiceList
          title={t('imports.choices.mode')}
          choices={useOptions(MODES, 'imports.choices.modes')}
          selected={[draft.mode]}
          onChange={([mode = 'both']) => change({ mode })}
        />
        <ChoiceFields draft={draft} fields={fields} untilError={errorOf('openingUntil')} onChange={change} />
        <BlockStack gap="100">
          <Checkbox
            label={t('imports.choices.suggestions')}
            checked={draft.takesSuggestions === 'true'}
            onChange={(isOn) => change({ takesSuggestions: String(isOn) })}
          />
          <Checkbox
            label={t('imports.choices.doubtful')}
            checked={draft.takesDoubtful === 'true'}
            onChange={(isOn) => change({ takesDoubtful: String(isOn) })}
          />
        </BlockStack>
        <SaveChoices
          isBusy={action.isBusy}
          isChanged={isChanged}
          error={action.errors.form?.code === 'invalid' ? t('imports.choices.invalid') : errorOf('form')}
          onSave={() => action.act({ intent: 'choices', ...draft }, t('imports.choices.saved'))}
        />
      </BlockStack>
    </Card>
  );
}

interface ChoiceFieldsProps {
  draft: Draft;
  fields: ReadonlySet<ImportField>;
  untilError: string | false;
  onChange: (part: Partial<Draft>) => void;
}

function ChoiceFields({ draft, fields, untilError, onChange }: ChoiceFieldsProps) {
  const { t } = useTranslation();
  const consents = useOptions(CONSENT_SOURCES, 'imports.choices.consents');
  const dateOrders = useOptions(DATE_ORDERS, 'imports.choices.date_orders');
  const hasDates = fields.has('birthDate') || fields.has('weddingDate');
  const hasConsent = fields.has('smsConsent') || fields.has('emailConsent');
  const hasOpening = fields.has('openingPoints') || fields.has('openingCredit');
  return (
    <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
      <Select
        label={t('imports.choices.identity')}
        options={useOptions(IDENTITIES, 'imports.choices.identities')}
        value={draft.identity}
        onChange={(identity) => onChange({ identity })}
      />
      <Select
        label={t('imports.choices.empty')}
        options={useOptions(EMPTIES, 'imports.choices.empties')}
        value={draft.emptyCells}
        onChange={(emptyCells) => onChange({ emptyCells })}
      />
      <TextField
        label={t('imports.choices.tags')}
        helpText={t('imports.choices.tags_help')}
        value={draft.tags}
        onChange={(tags) => onChange({ tags })}
      />
      {hasOpening && (
        <DayField
          label={t('imports.choices.opening_until')}
          helpText={t('imports.choices.opening_until_help')}
          value={draft.openingUntil}
          onChange={(openingUntil) => onChange({ openingUntil })}
          error={untilError}
        />
      )}
      {hasConsent && (
        <Select
          label={t('imports.choices.consent')}
          options={consents}
          value={draft.consentSource}
          onChange={(consentSource) => onChange({ consentSource })}
        />
      )}
      {hasDates && (
        <Select
          label={t('imports.choices.date_order')}
          options={dateOrders}
          value={draft.dateOrder || 'shop'}
          onChange={(order) => onChange({ dateOrder: order === 'shop' ? '' : order })}
        />
      )}
    </InlineGrid>
  );
}

interface SaveChoicesProps {
  isBusy: boolean;
  isChanged: boolean;
  error: string | false;
  onSave: () => void;
}

function SaveChoices({ isBusy, isChanged, error, onSave }: SaveChoicesProps) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="200">
      <div role="alert">{error}</div>
      <div>
        <Button onClick={onSave} loading={isBusy} disabled={!isChanged}>
          {t('imports.choices.save')}
        </Button>
      </div>
    </BlockStack>
  );
}

import {
  Banner,
  BlockStack,
  Card,
  Checkbox,
  ChoiceList,
  FormLayout,
  Text,
  TextField,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DraftSaveBar } from '#app/components/draft-save-bar.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { currencyMark } from '#app/lib/format.ts';
import { NAME_CHARACTERS_MAX, readOfferForm, type OfferValues } from '../offer-form.ts';
import type { OfferView } from '../offer-screens.server.ts';
import { OfferPreview, withDraft } from './offer-preview.tsx';

const DEFAULT_PERCENT_BP = 500;
const DEFAULT_UNTIL_DAYS = 30;

interface SectionProps {
  draft: ReturnType<typeof useDraft<OfferValues>>;
  errorOf: (field: string) => string | false;
}

export function OfferForm({ view }: { view: OfferView }) {
  const { t, i18n } = useTranslation();
  const { currency } = useShop();
  const draft = useDraft(useOfferValues(view));
  const errorOf = useFieldErrorText(draft.errors);
  const read = readOfferForm(draft.values, i18n.language, currency);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        draft.save();
      }}
    >
      <DraftSaveBar draft={draft} />
      <div className="stack">
        {draft.errors.form && <Banner tone="critical">{errorOf('form')}</Banner>}
        <div className="with-preview">
          <RuleCard draft={draft} errorOf={errorOf} />
          <div className="with-preview-aside">
            <OfferPreview
              offers={read.ok ? withDraft(view, read.draft) : null}
              isActive={view.settings.isActive}
              now={view.now}
            />
          </div>
          <TimeCard draft={draft} errorOf={errorOf} />
        </div>
      </div>
      <button type="submit" hidden tabIndex={-1}>
        {t('common.save')}
      </button>
    </form>
  );
}

/** The form's values for what is saved; a new one begins with a name and a percent, and its minimum is to be typed. */
function useOfferValues({ offer }: OfferView): OfferValues {
  const format = useFormat();
  return {
    version: String(offer?.version ?? ''),
    name: offer?.name ?? '',
    minimumMinor: offer ? format.moneyInput(offer.minimumMinor) : '',
    percent: format.percentInput(offer?.percentBp ?? DEFAULT_PERCENT_BP),
    unit: offer?.unit ?? 'CREDIT',
    fromDays: String(offer?.fromDays ?? 0),
    until: offer && offer.untilDays === null ? 'never' : 'days',
    untilDays: String(offer?.untilDays ?? DEFAULT_UNTIL_DAYS),
    isActive: offer ? offer.status === 'active' : true,
  };
}

function RuleCard({ draft, errorOf }: SectionProps) {
  const { t, i18n } = useTranslation();
  const mark = currencyMark(useShop().currency, i18n.language);
  const { values, set } = draft;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('offers.rule')}
        </Text>
        <FormLayout>
          <TextField
            id="name"
            label={t('offers.name')}
            helpText={t('offers.name_help')}
            value={values.name}
            error={errorOf('name')}
            maxLength={NAME_CHARACTERS_MAX}
            autoComplete="off"
            onChange={(value) => set('name', value)}
          />
          <FormLayout.Group>
            <TextField
              id="minimumMinor"
              label={t('offers.minimum')}
              helpText={t('offers.minimum_help')}
              prefix={mark}
              inputMode="decimal"
              value={values.minimumMinor}
              error={errorOf('minimumMinor')}
              autoComplete="off"
              onChange={(value) => set('minimumMinor', value)}
            />
            <TextField
              id="percent"
              label={t('offers.percent')}
              helpText={values.unit === 'POINTS' ? t('offers.percent_points_help') : t('offers.percent_help')}
              suffix="%"
              inputMode="decimal"
              value={values.percent}
              error={errorOf('percent')}
              autoComplete="off"
              onChange={(value) => set('percent', value)}
            />
          </FormLayout.Group>
          <ChoiceList
            title={t('offers.unit')}
            choices={[
              { label: t('offers.unit_credit'), value: 'CREDIT' },
              { label: t('offers.unit_points'), value: 'POINTS' },
            ]}
            selected={[values.unit]}
            onChange={([unit]) => set('unit', unit ?? 'CREDIT')}
          />
          <Checkbox
            label={t('offers.is_active')}
            helpText={t('offers.is_active_help')}
            checked={values.isActive}
            onChange={(isOn) => set('isActive', isOn)}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

function TimeCard({ draft, errorOf }: SectionProps) {
  const { t } = useTranslation();
  const { values, set } = draft;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('offers.time')}
        </Text>
        <FormLayout>
          <TextField
            id="fromDays"
            label={t('offers.from_days')}
            helpText={t('offers.from_days_help')}
            suffix={t('units.days')}
            inputMode="numeric"
            value={values.fromDays}
            error={errorOf('fromDays')}
            autoComplete="off"
            onChange={(value) => set('fromDays', value)}
          />
          <ChoiceList
            title={t('offers.until')}
            choices={[
              {
                label: t('offers.until_days'),
                value: 'days',
                renderChildren: (isSelected) =>
                  isSelected && (
                    <TextField
                      id="untilDays"
                      label={t('offers.until_days_label')}
                      helpText={t('offers.until_days_help')}
                      suffix={t('units.days')}
                      inputMode="numeric"
                      value={values.untilDays}
                      error={errorOf('untilDays')}
                      autoComplete="off"
                      onChange={(value) => set('untilDays', value)}
                    />
                  ),
              },
              { label: t('offers.until_never'), value: 'never' },
            ]}
            selected={[values.until]}
            onChange={([until]) => set('until', until ?? 'days')}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import { NAME_CHARACTERS_MAX, readOfferForm, type OfferValues } from '../offer-form.ts';
import type { OfferView } from '../offer-screens.server.ts';
import { OfferPreview, withDraft } from './offer-preview.tsx';

const DEFAULT_PERCENT_BP = 500;
const DEFAULT_UNTIL_DAYS = 30;

const { DraftCheckbox, DraftChoice, DraftDays, DraftMoney, DraftPercent, DraftText } =
  draftFields<OfferValues>();

/** The form of one offer, with its preview beside it. */
export function OfferForm({ view }: { view: OfferView }) {
  const { i18n } = useTranslation();
  const { currency } = useShop();
  const draft = useDraft(useOfferValues(view));
  const read = readOfferForm(draft.values, i18n.language, currency);
  return (
    <DraftForm draft={draft}>
      <div className="with-preview">
        <RuleCard unit={draft.values.unit} />
        <div className="with-preview-aside">
          <OfferPreview
            offers={read.ok ? withDraft(view, read.draft) : null}
            isActive={view.settings.isActive}
            now={view.now}
          />
        </div>
        <TimeCard />
      </div>
    </DraftForm>
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

function RuleCard({ unit }: { unit: string }) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('offers.rule')}>
      <DraftText
        name="name"
        label={t('offers.name')}
        helpText={t('offers.name_help')}
        maxLength={NAME_CHARACTERS_MAX}
      />
      <FormLayout.Group>
        <DraftMoney name="minimumMinor" label={t('offers.minimum')} helpText={t('offers.minimum_help')} />
        <DraftPercent
          name="percent"
          label={t('offers.percent')}
          helpText={unit === 'POINTS' ? t('offers.percent_points_help') : t('offers.percent_help')}
        />
      </FormLayout.Group>
      <DraftChoice
        name="unit"
        title={t('offers.unit')}
        choices={[
          { value: 'CREDIT', label: t('offers.unit_credit') },
          { value: 'POINTS', label: t('offers.unit_points') },
        ]}
      />
      <DraftCheckbox name="isActive" label={t('offers.is_active')} helpText={t('offers.is_active_help')} />
    </FormCard>
  );
}

function TimeCard() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('offers.time')}>
      <DraftDays name="fromDays" label={t('offers.from_days')} helpText={t('offers.from_days_help')} />
      <DraftChoice
        name="until"
        title={t('offers.until')}
        choices={[
          {
            value: 'days',
            label: t('offers.until_days'),
            details: (
              <DraftDays
                name="untilDays"
                label={t('offers.until_days_label')}
                helpText={t('offers.until_days_help')}
              />
            ),
          },
          { value: 'never', label: t('offers.until_never') },
        ]}
      />
    </FormCard>
  );
}

import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useOptions } from '#app/components/use-options.ts';
import type { CampaignFormView } from '../campaign-screen.server.ts';
import { TEXT_LANGUAGES } from '../rules/fill-text.ts';

type CampaignValues = Record<'name' | 'segment' | 'language' | 'text', string>;

const { DraftSelect, DraftText } = draftFields<CampaignValues>();
const TEXT_CHARACTERS_MAX = 1_000;

/** A campaign's name, audience and text. What it costs is shown on its page, before anything is sent. */
export function CampaignForm({ view }: { view: CampaignFormView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const draft = useDraft<CampaignValues>(view.values);
  return (
    <DraftForm draft={draft} submitLabel={t('campaigns.continue')}>
      <FormCard title={t('campaigns.form.title')}>
        <DraftText name="name" label={t('campaigns.form.name')} helpText={t('campaigns.form.name_help')} />
        <DraftSelect
          name="segment"
          label={t('campaigns.form.audience')}
          helpText={t('campaigns.form.audience_help')}
          options={[
            { value: '', label: t('campaigns.everyone') },
            ...view.segments.map(({ segmentId, name, customers }) => ({
              value: String(segmentId),
              label:
                customers === null
                  ? name
                  : t('campaigns.form.segment', { name, customers: format.number(customers) }),
            })),
          ]}
        />
      </FormCard>
      <FormCard title={t('campaigns.form.text_title')} text={t('campaigns.form.text_help')}>
        <DraftSelect
          name="language"
          label={t('campaigns.form.language')}
          helpText={t('campaigns.form.language_help')}
          options={useOptions(TEXT_LANGUAGES, 'campaigns.language')}
        />
        <DraftText
          name="text"
          label={t('campaigns.form.text')}
          helpText={t('campaigns.form.variables', VARIABLE_NAMES)}
          multiline={6}
          maxLength={TEXT_CHARACTERS_MAX}
          showCharacterCount
        />
      </FormCard>
    </DraftForm>
  );
}

/** Shown as they are typed; the catalogues' own brackets would be filled in. */
const VARIABLE_NAMES = {
  first_name: '{{first_name|…}}',
  points: '{{points}}',
  credit: '{{credit}}',
  tier: '{{tier|…}}',
  shop: '{{shop}}',
  interpolation: { escapeValue: false },
};

import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DraftForm } from '#app/components/draft-form.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import type { CampaignFormView } from '../campaign-screen.server.ts';
import { AudienceCard } from './audience-card.tsx';
import {
  DraftChoice,
  DraftDate,
  DraftNumber,
  DraftText,
  DraftTime,
  type CampaignValues,
} from './campaign-values.ts';
import { TextsCard } from './texts-card.tsx';

/** A campaign: its name, whom it is for, its texts and its time. What it costs is shown on its page, before anything is sent. */
export function CampaignForm({ view }: { view: CampaignFormView }) {
  const { t } = useTranslation();
  const draft = useDraft<CampaignValues>(view.values);
  return (
    <DraftForm draft={draft} submitLabel={t(view.hasChannel ? 'campaigns.continue' : 'campaigns.save')}>
      {!view.hasChannel && (
        <Banner
          tone="warning"
          action={{ content: t('campaigns.no_channel_action'), url: '/app/settings/messaging' }}
        >
          {t('campaigns.no_channel')}
        </Banner>
      )}
      <FormCard title={t('campaigns.form.title')}>
        <DraftText name="name" label={t('campaigns.form.name')} helpText={t('campaigns.form.name_help')} />
      </FormCard>
      <AudienceCard
        view={view}
        audience={draft.values.audience}
        ids={draft.values.ids}
        numbers={draft.values.numbers}
        without={draft.values.without}
        onWithout={(without) => draft.set('without', without)}
      />
      <TextsCard templates={view.templates} draft={draft} />
      <TimingCard />
    </DraftForm>
  );
}

function TimingCard() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('campaigns.timing.title')} text={t('campaigns.timing.help')}>
      <DraftChoice
        name="timing"
        title={t('campaigns.timing.title')}
        titleHidden
        choices={[
          { value: 'now', label: t('campaigns.timing.now') },
          {
            value: 'local',
            label: t('campaigns.timing.local'),
            helpText: t('campaigns.timing.local_help'),
            details: (
              <div className="field-row">
                <DraftDate name="sendDay" label={t('campaigns.timing.day')} />
                <DraftTime name="sendTime" label={t('campaigns.timing.time')} />
              </div>
            ),
          },
          {
            value: 'spread',
            label: t('campaigns.timing.spread'),
            helpText: t('campaigns.timing.spread_help'),
            details: (
              <DraftNumber
                name="spreadHours"
                label={t('campaigns.timing.hours')}
                suffix={t('campaigns.timing.hours_suffix')}
              />
            ),
          },
        ]}
      />
    </FormCard>
  );
}

import { Layout } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DraftSaveBar } from '#app/components/draft-save-bar.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { ProgramValues } from '../program-form.ts';
import { EarningPreview } from './earning-preview.tsx';
import { EarnCard, LifetimeCard, SwitchesCard } from './earn-cards.tsx';
import { RedemptionCard } from './redemption-card.tsx';

/** All that the Program screen edits: the earn rule, what a point is worth, and the club's start date. */
export interface ProgramScreenValues extends ProgramValues {
  startsOn: string;
  redemptionEnabled: boolean;
  redemptionRateUnits: string;
  redemptionRateMinor: string;
  redemptionMinimumUnits: string;
}

export interface ProgramSectionProps {
  draft: ReturnType<typeof useDraft<ProgramScreenValues>>;
  errorOf: (field: string) => string | undefined;
}

export function ProgramForm({ saved, now }: { saved: ProgramScreenValues; now: Date }) {
  const { t } = useTranslation();
  const draft = useDraft(saved);
  const errorOf = useFieldErrorText(draft.errors);
  const section = { draft, errorOf };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        draft.save();
      }}
    >
      <DraftSaveBar draft={draft} />
      <Layout>
        <Layout.Section>
          <div className="stack">
            <EarnCard {...section} />
            <LifetimeCard {...section} />
            <SwitchesCard {...section} />
            <RedemptionCard {...section} />
          </div>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <EarningPreview values={draft.values} now={now} />
        </Layout.Section>
      </Layout>
      <button type="submit" hidden tabIndex={-1}>
        {t('common.save')}
      </button>
    </form>
  );
}

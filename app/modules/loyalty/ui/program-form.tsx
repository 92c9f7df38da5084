import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DraftSaveBar } from '#app/components/draft-save-bar.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useDraft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { ProgramValues } from '../program-form.ts';
import type { ClubTerms } from '#app/modules/shops/settings.server.ts';
import type { Program } from '../programs.server.ts';
import { EarningPreview } from './earning-preview.tsx';
import { EarnCard, LifetimeCard, SwitchesCard } from './earn-cards.tsx';
import { RedemptionCard } from './redemption-card.tsx';

const DEFAULT_STEP_MINOR = 10_000_000n;
const DEFAULT_UNITS = 10n;
const DEFAULT_LIFETIME_DAYS = 365;

/** All that the Program screen edits: the earn rule, what a point is worth, and the club's start date. */
export interface ProgramScreenValues extends ProgramValues {
  /** Version of the program that the form was filled from; empty before there is one. */
  version: string;
  startsOn: string;
  redemptionEnabled: boolean;
  redemptionRateUnits: string;
  redemptionRateMinor: string;
  redemptionMinimumUnits: string;
}

export interface ProgramSectionProps {
  draft: ReturnType<typeof useDraft<ProgramScreenValues>>;
  errorOf: (field: string) => string | false;
}

interface ProgramView {
  program: Program | null;
  terms: ClubTerms;
  now: Date;
}

export function ProgramForm({ view }: { view: ProgramView }) {
  const { t } = useTranslation();
  const draft = useDraft(useScreenValues(view));
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
      <div className="stack">
        {draft.errors.form && <Banner tone="critical">{errorOf('form')}</Banner>}
        <div className="with-preview">
          <EarnCard {...section} />
          <div className="with-preview-aside">
            <EarningPreview values={draft.values} now={view.now} />
          </div>
          <LifetimeCard {...section} />
          <SwitchesCard {...section} />
          <RedemptionCard {...section} />
        </div>
      </div>
      <button type="submit" hidden tabIndex={-1}>
        {t('common.save')}
      </button>
    </form>
  );
}

/** The form's values for what is saved; for a shop without a program, F59's: Rp 100,000 gives 10 points. */
function useScreenValues({ program, terms }: ProgramView): ProgramScreenValues {
  const { t } = useTranslation();
  const format = useFormat();
  const rule = program?.rule;
  const unit = program?.unit ?? 'POINTS';
  const units = rule?.units ?? DEFAULT_UNITS;
  return {
    version: program ? String(program.version) : '',
    name: program?.name ?? t('program.earn.default_name'),
    isActive: program?.status === 'active',
    unit,
    stepMinor: format.moneyInput(rule?.stepMinor ?? DEFAULT_STEP_MINOR),
    units: unit === 'CREDIT' ? format.moneyInput(units) : format.number(units),
    pendingDays: String(rule?.pendingDays ?? 0),
    lifetime: rule?.lifetimeDays == null ? 'never' : 'days',
    lifetimeDays: String(rule?.lifetimeDays ?? DEFAULT_LIFETIME_DAYS),
    includeTax: rule?.includeTax ?? true,
    includeShipping: rule?.includeShipping ?? false,
    startsOn: terms.startsOn ?? '',
    redemptionEnabled: terms.redemptionEnabled,
    redemptionRateUnits: format.number(terms.redemptionRateUnits),
    redemptionRateMinor: format.moneyInput(terms.redemptionRateMinor),
    redemptionMinimumUnits: format.number(terms.redemptionMinimumUnits),
  };
}

import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DraftSaveBar } from '#app/components/draft-save-bar.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { RewardValues } from '../reward-form.ts';
import type { RewardView } from '../reward-screens.server.ts';
import { CodeCard, LimitsCard, RewardCard } from './reward-cards.tsx';
import { RewardPreview } from './reward-preview.tsx';

const DEFAULT_UNITS = 1_000n;
const DEFAULT_PERCENT_BP = 1_000;
const DEFAULT_VALID_DAYS = 30;

export interface RewardSectionProps {
  draft: ReturnType<typeof useDraft<RewardValues>>;
  errorOf: (field: string) => string | false;
}

export function RewardForm({ view }: { view: RewardView }) {
  const { t } = useTranslation();
  const draft = useDraft(useRewardValues(view));
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
          <RewardCard {...section} />
          <div className="with-preview-aside">
            <RewardPreview values={draft.values} />
          </div>
          {draft.values.kind !== 'other' && <CodeCard {...section} />}
          <LimitsCard {...section} />
        </div>
      </div>
      <button type="submit" hidden tabIndex={-1}>
        {t('common.save')}
      </button>
    </form>
  );
}

/** The form's values for what is saved; a new one begins with 1,000 points for 10 %, or with money of a credit program. */
function useRewardValues({ reward, program }: RewardView): RewardValues {
  const format = useFormat();
  const unit = reward?.unit ?? program.unit;
  const units = reward?.units ?? (unit === 'POINTS' ? DEFAULT_UNITS : null);
  const money = (amountMinor: bigint | null | undefined) =>
    amountMinor == null ? '' : format.moneyInput(amountMinor);
  return {
    version: String(reward?.version ?? ''),
    name: reward?.name ?? '',
    kind: reward?.kind ?? 'percent',
    unit,
    units: unit === 'CREDIT' ? money(units) : format.number(units ?? 0n),
    percent: format.percentInput(reward?.percentBp ?? DEFAULT_PERCENT_BP),
    amountMinor: money(reward?.amountMinor),
    description: reward?.description ?? '',
    pictureUrl: reward?.pictureUrl ?? '',
    minimumCartMinor: money(reward?.minimumCartMinor ?? 0n),
    validDays: String(reward?.validDays ?? DEFAULT_VALID_DAYS),
    limitPerCustomer: String(reward?.limitPerCustomer ?? ''),
    limitTotal: String(reward?.limitTotal ?? ''),
    combinesWithOrder: reward?.combinesWith.orderDiscounts ?? false,
    combinesWithProduct: reward?.combinesWith.productDiscounts ?? true,
    combinesWithShipping: reward?.combinesWith.shippingDiscounts ?? true,
  };
}

import { DraftForm } from '#app/components/draft-form.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { RewardValues } from '../reward-form.ts';
import type { RewardView } from '../reward-screens.server.ts';
import { CodeCard, LimitsCard, RewardCard } from './reward-cards.tsx';
import { RewardPreview } from './reward-preview.tsx';

const DEFAULT_UNITS = 1_000n;
const DEFAULT_PERCENT_BP = 1_000;
const DEFAULT_VALID_DAYS = 30;

export function RewardForm({ view }: { view: RewardView }) {
  const draft = useDraft(useRewardValues(view));
  const { values } = draft;
  return (
    <DraftForm draft={draft}>
      <div className="with-preview">
        <RewardCard values={values} />
        <div className="with-preview-aside">
          <RewardPreview values={values} rate={view.rate} />
        </div>
        {values.kind !== 'other' && <CodeCard />}
        <LimitsCard />
      </div>
    </DraftForm>
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
    mostOffMinor: money(reward?.mostOffMinor),
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

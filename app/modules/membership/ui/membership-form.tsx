import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { MembershipValues } from '../membership-form.ts';
import type { MembershipView } from '../membership-screen.server.ts';
import { TierRuleCard } from './tier-rule-card.tsx';
import { TiersCard } from './tiers-card.tsx';

const { DraftCheckbox, DraftMoney } = draftFields<MembershipValues>();

interface MembershipFormProps {
  view: MembershipView;
  /** Where the customers of a tier are listed. */
  tierDoor: (tierId: string, name: string) => string;
}

/** How customers join, and the tiers. */
export function MembershipForm({ view, tierDoor }: MembershipFormProps) {
  const draft = useDraft(useSavedValues(view));
  return (
    <DraftForm draft={draft}>
      <JoiningCard joinsBySpend={draft.values.joinsBySpend} />
      <TierRuleCard values={draft.values} />
      <TiersCard draft={draft} inTier={view.inTier} door={tierDoor} />
    </DraftForm>
  );
}

function useSavedValues({ settings }: MembershipView): MembershipValues & { intent: string } {
  const format = useFormat();
  const { rule, joinAtSpendMinor, tiers } = settings;
  const threshold = (amount: bigint) =>
    rule.measure === 'spend' ? format.moneyInput(amount) : format.number(amount);
  return {
    intent: 'membership',
    selfJoin: settings.selfJoin,
    joinsBySpend: joinAtSpendMinor !== null,
    joinAtSpend: joinAtSpendMinor === null ? '' : format.moneyInput(joinAtSpendMinor),
    tiersActive: settings.tiersActive,
    measure: rule.measure,
    period: rule.period,
    periodDays: format.number(rule.periodDays),
    keep: rule.keep,
    keepDays: rule.keepDays > 0 ? format.number(rule.keepDays) : '',
    tiers: JSON.stringify(
      tiers.map((tier) => ({
        tierId: String(tier.tierId),
        name: tier.name,
        threshold: threshold(tier.threshold),
        multiplier: format.number(tier.multiplierPercent),
        discount: format.percentInput(tier.memberDiscountBp),
      })),
    ),
  };
}

function JoiningCard({ joinsBySpend }: { joinsBySpend: boolean }) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('membership.joining.title')} text={t('membership.joining.text')}>
      <DraftCheckbox
        name="selfJoin"
        label={t('membership.joining.self')}
        helpText={t('membership.joining.self_help')}
      />
      <DraftCheckbox
        name="joinsBySpend"
        label={t('membership.joining.by_spend')}
        helpText={t('membership.joining.by_spend_help')}
      />
      {joinsBySpend && <DraftMoney name="joinAtSpend" label={t('membership.joining.minimum')} />}
    </FormCard>
  );
}

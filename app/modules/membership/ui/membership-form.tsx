import { Banner, BlockStack, Card, Checkbox, FormLayout, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DraftSaveBar } from '#app/components/draft-save-bar.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useDraft, type Draft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { currencyMark, formatPercentInput } from '#app/lib/format.ts';
import type { MembershipValues } from '../membership-form.ts';
import type { MembershipView } from '../membership-screen.server.ts';
import { TierRuleCard } from './tier-rule-card.tsx';
import { TiersCard } from './tiers-card.tsx';

type Values = MembershipValues & { intent: string };

export interface MembershipSectionProps {
  draft: Draft<Values>;
  errorOf: (field: string) => string | false;
}

/** How one becomes a member, and the tiers. */
export function MembershipForm({ view }: { view: MembershipView }) {
  const { t } = useTranslation();
  const draft = useDraft(useSavedValues(view));
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
        <JoiningCard {...section} />
        <TierRuleCard {...section} />
        <TiersCard {...section} inTier={view.inTier} />
      </div>
      <button type="submit" hidden tabIndex={-1}>
        {t('common.save')}
      </button>
    </form>
  );
}

function useSavedValues({ settings }: MembershipView): Values {
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
        discount: formatPercentInput(tier.memberDiscountBp, format.locale),
      })),
    ),
  };
}

function JoiningCard({ draft, errorOf }: MembershipSectionProps) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { currency } = useShop();
  const { values, set } = draft;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t('membership.joining.title')}
          </Text>
          <Text as="p" tone="subdued">
            {t('membership.joining.text')}
          </Text>
        </BlockStack>
        <FormLayout>
          <Checkbox
            label={t('membership.joining.self')}
            helpText={t('membership.joining.self_help')}
            checked={values.selfJoin}
            onChange={(isOn) => set('selfJoin', isOn)}
          />
          <Checkbox
            label={t('membership.joining.by_spend')}
            helpText={t('membership.joining.by_spend_help')}
            checked={values.joinsBySpend}
            onChange={(isOn) => set('joinsBySpend', isOn)}
          />
          {values.joinsBySpend && (
            <TextField
              id="joinAtSpend"
              label={t('membership.joining.minimum')}
              inputMode="decimal"
              prefix={currencyMark(currency, locale)}
              value={values.joinAtSpend}
              error={errorOf('joinAtSpend')}
              autoComplete="off"
              onChange={(value) => set('joinAtSpend', value)}
            />
          )}
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

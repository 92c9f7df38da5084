import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DraftSaveBar } from '#app/components/draft-save-bar.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { ClubSettings } from '../settings.server.ts';
import { ClubSection, PersonalDataSection, PromotionSection, TrialSection } from './settings-club.tsx';
import { GroupsSection } from './settings-groups.tsx';
import type { SettingsValues } from './settings-section.tsx';
import { CheckoutSection, RefundSection, WorthSection } from './settings-spending.tsx';

export function SettingsForm({ settings }: { settings: ClubSettings }) {
  const { t } = useTranslation();
  const draft = useDraft(useSavedValues(settings));
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
        <ClubSection {...section} />
        <WorthSection {...section} />
        <PromotionSection {...section} />
        <CheckoutSection {...section} />
        <RefundSection {...section} />
        <GroupsSection {...section} />
        <PersonalDataSection {...section} />
        <TrialSection {...section} />
      </div>
      <button type="submit" hidden tabIndex={-1}>
        {t('common.save')}
      </button>
    </form>
  );
}

/** The saved settings as the fields write them in the user's language. */
function useSavedValues(settings: ClubSettings): SettingsValues {
  const format = useFormat();
  return {
    clubTitle: settings.clubTitle,
    startsOn: settings.startsOn ?? '',
    messageOnChange: settings.messageOnChange,
    bannerText: settings.bannerText,
    redemptionEnabled: settings.redemptionEnabled,
    redemptionRateUnits: format.number(settings.redemptionRateUnits),
    redemptionRateMinor: format.moneyInput(settings.redemptionRateMinor),
    redemptionMinimumUnits: format.number(settings.redemptionMinimumUnits),
    payoutActive: settings.payoutActive,
    combinesWithOrder: settings.combinesWithOrder,
    combinesWithProduct: settings.combinesWithProduct,
    combinesWithShipping: settings.combinesWithShipping,
    redemptionTtlMinutes: format.number(settings.redemptionTtlMinutes),
    refundShortfall: settings.refundShortfall,
    refundTakesFromAllLots: settings.refundTakesFromAllLots,
    restoreMinimumDays: format.number(settings.restoreMinimumDays),
    newCustomerDays: format.number(settings.newCustomerDays),
    regularDays: format.number(settings.regularDays),
    lapsedOrders: format.number(settings.lapsedOrders),
    lapsedDays: format.number(settings.lapsedDays),
    lifetimeMonths: format.number(settings.lifetimeMonths),
    trialMode: settings.trialMode,
    sensitiveFields: settings.sensitiveFields,
  };
}

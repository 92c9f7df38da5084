import { DraftForm } from '#app/components/draft-form.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { ClubSettings } from '../settings.server.ts';
import { ClubSection, PersonalDataSection, PromotionSection, TrialSection } from './settings-club.tsx';
import { GroupsSection } from './settings-groups.tsx';
import { CheckoutSection, RefundSection, WorthSection } from './settings-spending.tsx';
import type { SettingsValues } from './settings-values.ts';

/** The settings of the club. */
export function SettingsForm({ settings }: { settings: ClubSettings }) {
  const draft = useDraft(useSavedValues(settings));
  return (
    <DraftForm draft={draft}>
      <ClubSection />
      <WorthSection />
      <PromotionSection />
      <CheckoutSection />
      <RefundSection draft={draft} />
      <GroupsSection />
      <PersonalDataSection />
      <TrialSection />
    </DraftForm>
  );
}

/** The saved settings, written in the user's language. */
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

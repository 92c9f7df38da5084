import { DraftForm } from '#app/components/draft-form.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { ClubSettings } from '../settings.server.ts';
import { ClubSection, PersonalDataSection, PromotionSection, TrialSection } from './settings-club.tsx';
import { GroupsSection } from './settings-groups.tsx';
import { CheckoutSection, RefundSection, WorthSection } from './settings-spending.tsx';
import type { SettingsValues } from './settings-values.ts';

interface SectionProps {
  settings: ClubSettings;
}

/** What the club is called and when it starts. */
export function ClubForm({ settings }: SectionProps) {
  return (
    <DraftForm draft={useSettingsDraft(settings)}>
      <ClubSection />
      <PromotionSection />
    </DraftForm>
  );
}

/** What points are worth, and how they pay. */
export function CheckoutForm({ settings }: SectionProps) {
  return (
    <DraftForm draft={useSettingsDraft(settings)}>
      <WorthSection />
      <CheckoutSection />
    </DraftForm>
  );
}

/** What a refund takes back and returns. */
export function RefundsForm({ settings }: SectionProps) {
  const draft = useSettingsDraft(settings);
  return (
    <DraftForm draft={draft}>
      <RefundSection draft={draft} />
    </DraftForm>
  );
}

/** Who is new, regular or lapsed. */
export function GroupsForm({ settings }: SectionProps) {
  return (
    <DraftForm draft={useSettingsDraft(settings)}>
      <GroupsSection />
    </DraftForm>
  );
}

/** Which personal data is collected. */
export function PersonalDataForm({ settings }: SectionProps) {
  return (
    <DraftForm draft={useSettingsDraft(settings)}>
      <PersonalDataSection />
    </DraftForm>
  );
}

/** Whether rules apply to test customers only. */
export function TrialForm({ settings }: SectionProps) {
  return (
    <DraftForm draft={useSettingsDraft(settings)}>
      <TrialSection />
    </DraftForm>
  );
}

/** A draft of the saved settings, written in the user's language; each screen saves the fields of its own section. */
function useSettingsDraft(settings: ClubSettings) {
  return useDraft<SettingsValues>(useSavedValues(settings));
}

function useSavedValues(settings: ClubSettings): SettingsValues {
  const format = useFormat();
  return {
    clubTitle: settings.clubTitle,
    startsOn: settings.startsOn ?? '',
    bannerText: settings.bannerText,
    redemptionEnabled: settings.redemptionEnabled,
    redemptionRateUnits: format.number(settings.redemptionRateUnits),
    redemptionRateMinor: format.moneyInput(settings.redemptionRateMinor),
    redemptionMinimumUnits: format.number(settings.redemptionMinimumUnits),
    payoutActive: settings.payoutActive,
    tillConsent: settings.tillConsent,
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

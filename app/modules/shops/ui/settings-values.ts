/** The fields of the Settings form as typed. */
export interface SettingsValues {
  [field: string]: string | boolean;
  clubTitle: string;
  startsOn: string;
  bannerText: string;
  redemptionEnabled: boolean;
  redemptionRateUnits: string;
  redemptionRateMinor: string;
  redemptionMinimumUnits: string;
  payoutActive: boolean;
  combinesWithOrder: boolean;
  combinesWithProduct: boolean;
  combinesWithShipping: boolean;
  redemptionTtlMinutes: string;
  refundShortfall: string;
  refundTakesFromAllLots: boolean;
  restoreMinimumDays: string;
  newCustomerDays: string;
  regularDays: string;
  lapsedOrders: string;
  lapsedDays: string;
  lifetimeMonths: string;
  trialMode: boolean;
  tillConsent: boolean;
  sensitiveFields: boolean;
}

import { BlockStack, Card, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import type { Draft } from '#app/components/use-draft.ts';

/** The Settings form's fields as the browser holds them. */
export interface SettingsValues {
  [field: string]: string | boolean;
  clubTitle: string;
  startsOn: string;
  messageOnChange: boolean;
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
  sensitiveFields: boolean;
}

export interface SectionProps {
  draft: Draft<SettingsValues>;
  errorOf: (field: string) => string | false;
}

/** A card of settings that belong together. */
export function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <Text as="p" tone="subdued">
            {text}
          </Text>
        </BlockStack>
        {children}
      </BlockStack>
    </Card>
  );
}

import { BlockStack, Card, InlineGrid, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { MembershipView } from '../membership-screen.server.ts';
import { CategoriesCard } from './categories-card.tsx';
import { MembershipForm } from './membership-form.tsx';

/** Who is in the club, by which rules, in which tiers and categories. */
export function MembershipScreen({ view }: { view: MembershipView }) {
  return (
    <div className="stack">
      <Figures view={view} />
      <MembershipForm view={view} />
      <CategoriesCard categories={view.categories} />
    </div>
  );
}

function Figures({ view: { customers, members } }: { view: MembershipView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const figures = { members, others: customers - members, customers };
  return (
    <Card>
      <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
        {(['members', 'others', 'customers'] as const).map((figure) => (
          <BlockStack key={figure} gap="100">
            <Text as="h2" variant="bodySm" tone="subdued">
              {t(`membership.figure.${figure}`)}
            </Text>
            <Text as="p" variant="headingLg" numeric>
              {format.number(figures[figure])}
            </Text>
          </BlockStack>
        ))}
      </InlineGrid>
    </Card>
  );
}

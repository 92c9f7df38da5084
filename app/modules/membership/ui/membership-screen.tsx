import { BlockStack, Card, InlineGrid, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { MembershipView } from '../membership-screen.server.ts';
import { MembershipForm } from './membership-form.tsx';

/** Where the customers of a count are listed: the list's rules are the business of `segments`, which come after. */
export interface CountDoors {
  customers: string;
  member: (isMember: boolean, name: string) => string;
  tier: (tierId: string, name: string) => string;
}

interface MembershipScreenProps {
  view: MembershipView;
  doors: CountDoors;
}

/** Who is in the club, by which rules, in which tiers. */
export function MembershipScreen({ view, doors }: MembershipScreenProps) {
  return (
    <div className="stack">
      <Figures view={view} doors={doors} />
      <MembershipForm view={view} tierDoor={doors.tier} />
    </div>
  );
}

function Figures({ view: { customers, members }, doors }: MembershipScreenProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const figures = { members, others: customers - members, customers };
  const addresses = {
    members: doors.member(true, t('membership.figure.members')),
    others: doors.member(false, t('membership.figure.others')),
    customers: doors.customers,
  };
  return (
    <Card>
      <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
        {(['members', 'others', 'customers'] as const).map((figure) => (
          <BlockStack key={figure} gap="100">
            <Text as="h2" variant="bodySm" tone="subdued">
              {t(`membership.figure.${figure}`)}
            </Text>
            <Text as="p" variant="headingLg" numeric>
              <Link
                url={addresses[figure]}
                removeUnderline
                accessibilityLabel={`${t(`membership.figure.${figure}`)}: ${format.number(figures[figure])}`}
              >
                {format.number(figures[figure])}
              </Link>
            </Text>
          </BlockStack>
        ))}
      </InlineGrid>
    </Card>
  );
}

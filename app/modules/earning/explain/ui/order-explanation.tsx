import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useEntryText } from './entry-text.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { OrderExplained } from '../explain-order.server.ts';
import { entitlementsOf } from '../../rules/entitlement.ts';
import { TierBonusBreakdown, OffersBreakdown } from './offer-sums.tsx';
import { OrderFactsCard } from './order-facts-card.tsx';
import { ProgramBreakdown, SumRow } from './program-sum.tsx';

/** Why an order earned what it earned: each step of the sum, by the rules that were in force when it was paid. */
export function OrderExplanation({ explained }: { explained: OrderExplained }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { order, earning, isSnapshot, isHistory, eligibleAt } = explained;
  const rulesOfToday = isHistory ? t('explain.rules_history') : t('explain.rules_today');
  return (
    <div className="stack">
      <Card>
        <BlockStack gap="200">
          <CardTitle>{t('explain.answer')}</CardTitle>
          <Text as="p" variant="bodyLg">
            <Answer explained={explained} />
          </Text>
          <Text as="p" tone="subdued">
            {isSnapshot && eligibleAt
              ? t('explain.rules_kept', { time: format.timestamp(eligibleAt) })
              : rulesOfToday}
          </Text>
        </BlockStack>
      </Card>
      <OrderFactsCard explained={explained} />
      {earning.outcomes.map((outcome) => (
        <ProgramBreakdown
          key={String(outcome.program.programId)}
          outcome={outcome}
          currency={order.currency}
        />
      ))}
      <OffersBreakdown offers={earning.offers} currency={order.currency} />
      <TierBonusBreakdown bonuses={earning.bonuses} />
      <PostedCard explained={explained} />
    </div>
  );
}

/** One sentence for the whole: nothing and why, or how much. */
function Answer({ explained }: { explained: OrderExplained }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { nothingBecause, outcomes, offers } = explained.earning;
  if (nothingBecause) return t(`explain.nothing.${nothingBecause}`);
  if (explained.isHistory) return t('explain.nothing.history');
  const earned = entitlementsOf(explained.earning);
  if (outcomes.length + offers.length === 0) return t('explain.no_program');
  if (earned.length === 0) return t('explain.no_step');
  const sums = [...Map.groupBy(earned, ({ unit }) => unit)].map(([unit, parts]) =>
    format.units(
      parts.reduce((sum, { amount }) => sum + amount, 0n),
      unit,
    ),
  );
  return t('explain.earns', { earned: new Intl.ListFormat(format.locale).format(sums) });
}

/** What the ledger holds for the order; its sum is what the rules say, whatever order the events came in. */
function PostedCard({ explained }: { explained: OrderExplained }) {
  const { t } = useTranslation();
  const format = useFormat();
  const textOf = useEntryText();
  const { entries, earning, order } = explained;
  const programs = new Map(
    earning.outcomes.map(({ program }) => [`program:${program.programId}`, program.name]),
  );
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('explain.posted')}</CardTitle>
        {entries.length === 0 && (
          <Text as="p" tone="subdued">
            {t('explain.nothing_posted')}
          </Text>
        )}
        <ul className="bare-list stack">
          {entries.map((entry) => {
            const programName = programs.get(entry.rule ?? '') ?? null;
            return (
              <SumRow
                key={String(entry.entryId)}
                name={textOf({ ...entry, ...NO_DETAILS, orderName: order.name, programName }).line}
                detail={format.timestamp(entry.createdAt)}
                amount={entry.unit === 'CREDIT' ? format.money(entry.amount) : format.signed(entry.amount)}
              />
            );
          })}
        </ul>
      </BlockStack>
    </Card>
  );
}

const NO_DETAILS = { code: null, note: null, validFrom: null, expiresAt: null };

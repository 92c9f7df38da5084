import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { RuleSnapshotCard } from '#app/modules/earning/explain/explain-entry.server.ts';

/** The rule that posted an entry, as the order keeps it, whatever became of the rule since. */
export function RuleThenCard({ rule }: { rule: RuleSnapshotCard }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('ledger_page.entry.rule')}</CardTitle>
        {rule.kind === 'program' ? <ProgramThen rule={rule} /> : <OffersThen rule={rule} />}
      </BlockStack>
    </Card>
  );
}

function ProgramThen({ rule: kept }: { rule: Extract<RuleSnapshotCard, { kind: 'program' }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, rule, unit } = kept.program;
  if (rule.kind === 'spend') {
    const units = format.units(rule.units, unit);
    return (
      <Text as="p">
        {t('ledger_page.entry.rule_spend', {
          program: name,
          units,
          step: format.moneyOf(rule.stepMinor, kept.currency),
        })}
      </Text>
    );
  }
  if (rule.kind === 'printed') {
    const units = format.units(rule.unitsPerPoint, unit);
    return <Text as="p">{t('ledger_page.entry.rule_printed', { program: name, units })}</Text>;
  }
  return (
    <>
      <Text as="p">{t('ledger_page.entry.rule_product', { program: name })}</Text>
      <ul>
        {rule.rows.map(({ title, units, quantity }, index) => (
          <li key={index}>
            {t('ledger_page.entry.rule_row', {
              title,
              units: format.units(units, unit),
              quantity: format.number(quantity),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

function OffersThen({ rule }: { rule: Extract<RuleSnapshotCard, { kind: 'offers' }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Text as="p">{t('ledger_page.entry.rule_offers', { group: rule.groupName })}</Text>
      <ul>
        {rule.offers.map(({ offerId, name, percentBp, minimumMinor }) => (
          <li key={String(offerId)}>
            {t('ledger_page.entry.rule_offer', {
              offer: name,
              percent: format.percent(percentBp),
              minimum: format.moneyOf(minimumMinor, rule.currency),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

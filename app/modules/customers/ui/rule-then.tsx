import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { RuleThen } from '#app/modules/loyalty/explain-entry.server.ts';
import type { EarnProgram } from '#app/modules/loyalty/rules/program.ts';

/** The rule that posted an entry, as the order keeps it, whatever became of the rule since. */
export function RuleThenCard({ rule }: { rule: RuleThen }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('ledger_page.entry.rule')}
        </Text>
        {rule.kind === 'program' ? <ProgramThen program={rule.program} /> : <OffersThen rule={rule} />}
      </BlockStack>
    </Card>
  );
}

function ProgramThen({ program }: { program: EarnProgram }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, rule, unit } = program;
  if (rule.kind === 'spend') {
    const units = format.units(rule.units, unit);
    return (
      <Text as="p">
        {t('ledger_page.entry.rule_spend', { program: name, units, step: format.money(rule.stepMinor) })}
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

function OffersThen({ rule }: { rule: Extract<RuleThen, { kind: 'offers' }> }) {
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
              minimum: format.money(minimumMinor),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

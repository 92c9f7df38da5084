import { BlockStack, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import type { DryRun, MovingPeople } from '../dry-run.server.ts';
import type { NamedMoveRule } from '../rule-screens.server.ts';
import { useRuleWords } from './use-rule-words.ts';

/** Whom a rule would move now, and who would go back. */
export function DryRunCard({ dryRun, rule }: { dryRun: DryRun; rule: NamedMoveRule }) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const { from, to } = rule;
  if (dryRun.on.count + dryRun.back.count === 0) return <Text as="p">{t('pricing.moves.none_move')}</Text>;
  return (
    <BlockStack gap="300">
      <Moving way={words.way(from, to)} moving={dryRun.on} rule={rule} />
      <Moving way={words.way(to, from)} moving={dryRun.back} rule={rule} />
    </BlockStack>
  );
}

function Moving({ way, moving, rule }: { way: string; moving: MovingPeople; rule: NamedMoveRule }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useCustomerName();
  const words = useRuleWords();
  const { count, people } = moving;
  if (count === 0) return null;
  const more = count - people.length;
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {t('pricing.moves.would_move', { way, count, number: format.number(count) })}
      </Text>
      <ul className="bare-list">
        {people.map((person) => (
          <li key={String(person.customerId)} className="ruled">
            <InlineStack align="space-between" gap="200">
              <Link url={`/app/customers/${person.customerId}`} removeUnderline>
                {nameOf(person)}
              </Link>
              <Text as="span" numeric tone="subdued">
                {words.measured(rule.measure, person.measured)}
              </Text>
            </InlineStack>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Text as="p" tone="subdued">
          {t('pricing.moves.more', { count: more, number: format.number(more) })}
        </Text>
      )}
    </BlockStack>
  );
}

import { BlockStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import type { Draft } from '#app/components/use-draft.ts';
import type { ProgramValues } from '../program-form.ts';
import type { ProgramKind } from '../../rules/program.ts';
import { ProductRows } from './product-rows.tsx';

const { DraftMoney, DraftUnits } = draftFields<ProgramValues>();

interface RuleCardProps {
  draft: Draft<ProgramValues>;
  kind: ProgramKind;
}

/** What an order earns; each kind of program has fields of its own. */
export function RuleCard({ draft, kind }: RuleCardProps) {
  const { t } = useTranslation();
  return (
    <FormCard title={t(`programs.kind.${kind}`)} text={t(`programs.kind_text.${kind}`)}>
      {kind === 'spend' && <SpendFields unit={draft.values.unit} />}
      {kind === 'product' && <ProductRows draft={draft} />}
      {kind === 'printed' && <PrintedFields unit={draft.values.unit} />}
    </FormCard>
  );
}

function SpendFields({ unit }: { unit: string }) {
  const { t } = useTranslation();
  return (
    <FormLayout.Group>
      <DraftMoney name="stepMinor" label={t('programs.spend.step')} />
      <DraftUnits name="units" label={t('programs.spend.units')} unit={unit} />
    </FormLayout.Group>
  );
}

function PrintedFields({ unit }: { unit: string }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="300">
      <DraftUnits
        name="unitsPerPoint"
        label={t('programs.printed.worth')}
        helpText={t('programs.printed.worth_help')}
        unit={unit}
      />
      <Text as="p">
        <Link url="/app/loyalty/products">{t('programs.printed.products')}</Link>
      </Text>
    </BlockStack>
  );
}

import { BlockStack, Card, FormLayout, Link, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { currencyMark } from '#app/lib/format.ts';
import type { ProgramKind } from '../rules/program.ts';
import type { ProgramSectionProps } from './program-form.tsx';
import { ProductRows } from './product-rows.tsx';
import { UnitsField } from './units-field.tsx';

/** What an order earns: the part of the form that is another for each kind of program. */
export function RuleCard({ draft, errorOf, kind }: ProgramSectionProps & { kind: ProgramKind }) {
  const { t } = useTranslation();
  const section = { draft, errorOf };
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t(`programs.kind.${kind}`)}
          </Text>
          <Text as="p" tone="subdued">
            {t(`programs.kind_text.${kind}`)}
          </Text>
        </BlockStack>
        {kind === 'spend' && <SpendFields {...section} />}
        {kind === 'product' && <ProductRows {...section} />}
        {kind === 'printed' && <PrintedFields {...section} />}
      </BlockStack>
    </Card>
  );
}

function SpendFields({ draft, errorOf }: ProgramSectionProps) {
  const { t, i18n } = useTranslation();
  const mark = currencyMark(useShop().currency, i18n.language);
  const { values, set } = draft;
  return (
    <FormLayout>
      <FormLayout.Group>
        <TextField
          id="stepMinor"
          label={t('programs.spend.step')}
          prefix={mark}
          inputMode="decimal"
          value={values.stepMinor}
          error={errorOf('stepMinor')}
          autoComplete="off"
          onChange={(value) => set('stepMinor', value)}
        />
        <UnitsField
          id="units"
          label={t('programs.spend.units')}
          unit={values.unit}
          value={values.units}
          error={errorOf('units')}
          onChange={(value) => set('units', value)}
        />
      </FormLayout.Group>
    </FormLayout>
  );
}

function PrintedFields({ draft, errorOf }: ProgramSectionProps) {
  const { t } = useTranslation();
  const { values, set } = draft;
  return (
    <BlockStack gap="300">
      <UnitsField
        id="unitsPerPoint"
        label={t('programs.printed.worth')}
        helpText={t('programs.printed.worth_help')}
        unit={values.unit}
        value={values.unitsPerPoint}
        error={errorOf('unitsPerPoint')}
        onChange={(value) => set('unitsPerPoint', value)}
      />
      <Text as="p">
        <Link url="/app/products">{t('programs.printed.products')}</Link>
      </Text>
    </BlockStack>
  );
}

import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { Checkbox, Select, MoneyField, NumberField } from '#app/components/fields.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useNumberProblem } from '#app/components/use-field-errors.ts';
import { factsOf, linesOf, previewProducts, rulesWithDraft, type PreviewProduct } from '../typed-order.ts';
import { readProgramForm, type ProgramValues } from '../program-form.ts';
import type { ProgramScreenView } from '../program-screen.server.ts';
import type { Program } from '../programs.queries.server.ts';
import { previewEarning } from '../../rules/preview.ts';
import type { EarnProgram } from '../../rules/program.ts';
import { PreviewOutcome } from './preview-outcome.tsx';
import { useTypedOrder, type TypedOrderState } from './use-typed-order.ts';

interface ProgramPreviewProps {
  values: ProgramValues;
  program: Program | null;
  view: ProgramScreenView;
}

/** What an order typed in would earn by each program in force and by the form as it stands, and why. */
export function ProgramPreview({ values, program, view }: ProgramPreviewProps) {
  const { t, i18n } = useTranslation();
  const { currency, timeZone } = useShop();
  const typed = useTypedOrder(view);
  const read = readProgramForm(values, { locale: i18n.language, currency, timeZone });
  const rules = rulesWithDraft(view.rules, program, read.ok ? read.draft : null);
  const draftId = program?.programId ?? 0n;
  const products = previewProducts(rules.programs, draftId);
  const { order } = typed;
  return (
    <div className="sticky">
      <Card>
        <BlockStack gap="300">
          <CardTitle>{t('programs.preview.title')}</CardTitle>
          <OrderFields typed={typed} programs={rules.programs} products={products} view={view} />
          <div aria-live="polite" className="preview">
            <BlockStack gap="300">
              {!read.ok && (
                <Text as="p" tone="subdued">
                  {t('programs.preview.incomplete')}
                </Text>
              )}
              {order && (
                <PreviewOutcome
                  earning={previewEarning({
                    lines: linesOf(order, products),
                    facts: factsOf(order),
                    currency,
                    rules,
                    now: view.now,
                  })}
                  draftId={read.ok ? draftId : null}
                  now={view.now}
                  orderMinor={order.amountMinor}
                  isPaused={program ? program.status === 'paused' : values.startPaused}
                  rate={view.rate}
                />
              )}
            </BlockStack>
          </div>
        </BlockStack>
      </Card>
    </div>
  );
}

interface OrderFieldsProps {
  typed: TypedOrderState;
  programs: readonly EarnProgram[];
  products: readonly PreviewProduct[];
  view: ProgramScreenView;
}

/** Only what some program asks for can be typed. */
function OrderFields({ typed, programs, products, view }: OrderFieldsProps) {
  const { t } = useTranslation();
  const numberProblem = useNumberProblem();
  const { categories, tiers } = view.choices;
  const asks = (question: (program: EarnProgram) => boolean): boolean => programs.some(question);
  const asksCategory = asks(({ rule }) => rule.categoryIds !== null) || categories.some((c) => !c.hasClub);
  return (
    <BlockStack gap="200">
      <MoneyField
        label={t('programs.preview.amount')}
        value={typed.amount}
        error={typed.isAmount ? false : numberProblem('not_an_amount')}
        onChange={typed.setAmount}
      />
      {products.map((product) => (
        <NumberField
          key={product.key}
          label={t('programs.preview.quantity', { title: product.title })}
          suffix={t('programs.preview.items')}
          value={typed.quantityOf(product)}
          error={typed.isQuantity(product) ? false : numberProblem('not_a_number')}
          onChange={(text) => typed.setQuantity(product, text)}
        />
      ))}
      {asks(({ rule }) => rule.kind === 'printed') && (
        <NumberField
          label={t('programs.preview.printed')}
          suffix={t('units.points_short')}
          value={typed.printed}
          error={typed.isPrinted ? false : numberProblem('not_a_number')}
          onChange={typed.setPrinted}
        />
      )}
      {asks(({ rule }) => rule.membersOnly) && (
        <Checkbox
          label={t('programs.preview.member')}
          checked={typed.isMember}
          onChange={typed.setIsMember}
        />
      )}
      {asksCategory && (
        <Select
          label={t('programs.preview.category')}
          options={categories.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={typed.categoryId}
          onChange={typed.setCategoryId}
        />
      )}
      {view.tiersActive && (
        <Select
          label={t('programs.preview.tier')}
          options={[
            { value: '', label: t('common.none') },
            ...tiers.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          value={typed.tierId}
          onChange={typed.setTierId}
        />
      )}
    </BlockStack>
  );
}

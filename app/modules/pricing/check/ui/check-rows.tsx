import { Banner, Box, Button, InlineStack, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NumberField } from '#app/components/fields.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { parseWholeInput } from '#app/lib/typed-number.ts';
import type { CheckRow } from '../check-address.ts';
import type { CheckedRow, PriceCheckView } from '../read-price-check.server.ts';

interface CheckRowsProps {
  view: PriceCheckView;
  onChange: (rows: CheckRow[]) => void;
}

/** Each product with what it costs, which rule decided, and what the others would have taken off. */
export function CheckRows({ view, onChange }: CheckRowsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, totals } = view;
  const saved = totals.grossMinor - totals.totalMinor;
  const plain = rows.map(({ ref, quantity }) => ({ ref, quantity }));
  const change = (index: number, quantity: number) =>
    onChange(plain.map((row, at) => (at === index ? { ...row, quantity } : row)));
  return (
    <>
      <ul className="bare-list">
        {rows.map((row, index) => (
          <li key={row.ref} className="ruled">
            <Row
              row={row}
              onQuantity={(quantity) => change(index, quantity)}
              onRemove={() => onChange(plain.filter((_row, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      <Box padding="400">
        {view.isBelowMinimum && <Banner tone="warning">{t('pricing.check.below_minimum')}</Banner>}
        <InlineStack align="space-between" gap="200">
          <Text as="p" fontWeight="semibold">
            {t('pricing.check.total')}
          </Text>
          <Text as="p" fontWeight="semibold" numeric>
            {format.money(totals.totalMinor)}
          </Text>
        </InlineStack>
        {view.netMinor !== null && (
          <Text as="p" alignment="end">
            {t('pricing.check.net', { amount: format.money(view.netMinor) })}
          </Text>
        )}
        {saved > 0n && (
          <Text as="p" tone="subdued" alignment="end">
            {t('pricing.check.saved', {
              saved: format.money(saved),
              gross: format.money(totals.grossMinor),
            })}
          </Text>
        )}
      </Box>
    </>
  );
}

interface RowProps {
  row: CheckedRow;
  onQuantity: (quantity: number) => void;
  onRemove: () => void;
}

function Row({ row, onQuantity, onRemove }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const offerWords = useOfferWords();
  return (
    <Box padding="400" paddingBlock="300">
      <InlineStack align="space-between" blockAlign="start" gap="200">
        <div className="wrapping">
          <Text as="p" fontWeight="medium">
            {row.title}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {[row.sku, t('pricing.check.unit', { price: format.money(row.unitMinor) })]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          <Text as="p">{row.won === null ? t('pricing.check.no_rule') : offerWords(row.won)}</Text>
          {row.others.map((offer) => (
            <Text key={offer.rule} as="p" variant="bodySm" tone="subdued">
              {t('pricing.check.instead', { offer: offerWords(offer) })}
            </Text>
          ))}
        </div>
        <div className="check-figures">
          <QuantityField row={row} onQuantity={onQuantity} />
          <div className="one-line">
            <Text as="p" alignment="end" numeric fontWeight="semibold">
              {format.money(row.totalMinor)}
            </Text>
            {row.totalMinor < row.grossMinor && (
              <Text as="p" alignment="end" numeric tone="subdued" textDecorationLine="line-through">
                {format.money(row.grossMinor)}
              </Text>
            )}
          </div>
          <Button
            icon={DeleteIcon}
            variant="tertiary"
            accessibilityLabel={t('pricing.check.remove', { title: row.title })}
            onClick={onRemove}
          />
        </div>
      </InlineStack>
    </Box>
  );
}

/** Takes effect when the field is left, or with Enter. */
function QuantityField({ row, onQuantity }: Pick<RowProps, 'row' | 'onQuantity'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState<string | null>(null);
  const apply = () => {
    const quantity = typed === null ? null : parseWholeInput(typed, format.locale);
    setTyped(null);
    if (quantity !== null && quantity > 0n && quantity <= 1_000_000n && Number(quantity) !== row.quantity)
      onQuantity(Number(quantity));
  };
  return (
    <form
      className="quantity-field"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <NumberField
        label={t('pricing.check.quantity_of', { title: row.title })}
        labelHidden
        value={typed ?? format.number(row.quantity)}
        onChange={setTyped}
        onBlur={apply}
      />
    </form>
  );
}

/** A rule with what it takes off: "Personal or category discount 15%, Rp 15,000 off". */
function useOfferWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ rule, percentBp, savingMinor, label }: NonNullable<CheckedRow['won']>): string => {
    const name = t(`pricing.check.rule.${rule}`);
    const parts = [
      percentBp === null ? name : `${name} ${format.percent(percentBp)}`,
      ...(label === null || label === '' ? [] : [`“${label}”`]),
      t('pricing.check.off', { amount: format.money(savingMinor) }),
    ];
    return parts.join(' · ');
  };
}

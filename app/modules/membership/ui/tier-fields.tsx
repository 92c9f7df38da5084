import { Button, ButtonGroup, InlineStack, Link, Text } from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { useDraftContext } from '#app/components/draft-context.ts';
import { NumberField, PercentField, TextField, UnitsField } from '#app/components/fields.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { TIER_NAME_CHARACTERS_MAX, type TypedTier } from '../membership-form.ts';

interface TierFieldsProps {
  tier: TypedTier;
  index: number;
  isLast: boolean;
  measure: string;
  customers: number;
  /** Where its customers are listed; null for a new one. */
  address: string | null;
  onChange: (part: Partial<TypedTier>) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

/** One tier of the ladder. */
export function TierFields(props: TierFieldsProps) {
  const { tier, index, measure, customers, address, onChange } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { errorOf } = useDraftContext();
  const name = tier.name || t('membership.tiers.new');
  const customersText = t('membership.tiers.customers', {
    count: customers,
    number: format.number(customers),
  });
  const field = (part: keyof Omit<TypedTier, 'tierId'>) => ({
    id: `tiers.${index}.${part}`,
    label: t(`membership.tiers.${part}`),
    value: tier[part],
    error: errorOf(`tiers.${index}.${part}`),
    onChange: (value: string) => onChange({ [part]: value }),
  });
  return (
    <fieldset className="bare-fieldset">
      <legend className="tier-head">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="span" fontWeight="medium">
            {name}
          </Text>
          <Text as="span" variant="bodySm" tone="subdued">
            {address === null ? customersText : <Link url={address}>{customersText}</Link>}
          </Text>
        </InlineStack>
      </legend>
      <div className="tier-fields">
        <TextField {...field('name')} maxLength={TIER_NAME_CHARACTERS_MAX} />
        <UnitsField {...field('threshold')} unit={measure === 'points' ? 'POINTS' : 'CREDIT'} />
        <NumberField {...field('multiplier')} suffix="%" />
        <PercentField {...field('discount')} />
        <TierButtons {...props} name={name} />
      </div>
    </fieldset>
  );
}

function TierButtons({ index, isLast, name, onMove, onRemove }: TierFieldsProps & { name: string }) {
  const { t } = useTranslation();
  return (
    <div className="tier-buttons">
      <ButtonGroup>
        <Button
          icon={ArrowUpIcon}
          accessibilityLabel={t('membership.tiers.up', { name })}
          disabled={index === 0}
          onClick={() => onMove(-1)}
        />
        <Button
          icon={ArrowDownIcon}
          accessibilityLabel={t('membership.tiers.down', { name })}
          disabled={isLast}
          onClick={() => onMove(1)}
        />
        <Button
          icon={DeleteIcon}
          accessibilityLabel={t('membership.tiers.remove_name', { name })}
          onClick={onRemove}
        />
      </ButtonGroup>
    </div>
  );
}

import { BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { DESCRIPTION_CHARACTERS_MAX, NAME_CHARACTERS_MAX, type RewardValues } from '../reward-form.ts';
import { REWARD_KINDS } from '../../rules/reward.ts';

const {
  DraftCheckbox,
  DraftChoice,
  DraftDays,
  DraftMoney,
  DraftNumber,
  DraftPercent,
  DraftText,
  DraftUnits,
} = draftFields<RewardValues>();

/** What a customer gets, and for how much. */
export function RewardCard({ values }: { values: RewardValues }) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('rewards.what_title')}>
      <DraftText
        name="name"
        label={t('rewards.name')}
        helpText={t('rewards.name_help')}
        maxLength={NAME_CHARACTERS_MAX}
      />
      <DraftChoice
        name="kind"
        title={t('rewards.kind')}
        choices={REWARD_KINDS.map((kind) => ({
          value: kind,
          label: t(`rewards.kinds.${kind}`),
          helpText: t(`rewards.kinds.${kind}_help`),
        }))}
      />
      <KindFields kind={values.kind} />
      <DraftChoice
        name="unit"
        title={t('rewards.unit')}
        choices={[
          { value: 'POINTS', label: t('rewards.unit_points') },
          { value: 'CREDIT', label: t('rewards.unit_credit') },
        ]}
      />
      <DraftUnits name="units" label={t('rewards.price')} unit={values.unit} />
    </FormCard>
  );
}

function KindFields({ kind }: { kind: string }) {
  const { t } = useTranslation();
  if (kind === 'percent')
    return (
      <FormLayout.Group>
        <DraftPercent name="percent" label={t('rewards.percent')} />
        <DraftMoney name="mostOffMinor" label={t('rewards.most_off')} helpText={t('rewards.most_off_help')} />
      </FormLayout.Group>
    );
  if (kind === 'amount') return <DraftMoney name="amountMinor" label={t('rewards.amount')} />;
  return (
    <BlockStack gap="400">
      <DraftText
        name="description"
        label={t('rewards.description')}
        helpText={t('rewards.description_help')}
        multiline={3}
        maxLength={DESCRIPTION_CHARACTERS_MAX}
      />
      <DraftText
        name="pictureUrl"
        type="url"
        label={t('rewards.picture')}
        helpText={t('rewards.picture_help')}
      />
    </BlockStack>
  );
}

/** What the code asks for at checkout. */
export function CodeCard() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('rewards.code_title')} text={t('rewards.code_text')}>
      <FormLayout.Group>
        <DraftMoney
          name="minimumCartMinor"
          label={t('rewards.minimum_cart')}
          helpText={t('rewards.minimum_cart_help')}
        />
        <DraftDays name="validDays" label={t('rewards.valid_days')} helpText={t('rewards.valid_days_help')} />
      </FormLayout.Group>
      <fieldset className="bare-fieldset">
        <Text as="legend">{t('rewards.combines')}</Text>
        <BlockStack>
          <DraftCheckbox name="combinesWithOrder" label={t('rewards.combines_order')} />
          <DraftCheckbox name="combinesWithProduct" label={t('rewards.combines_product')} />
          <DraftCheckbox name="combinesWithShipping" label={t('rewards.combines_shipping')} />
        </BlockStack>
      </fieldset>
    </FormCard>
  );
}

/** How often it can be taken. */
export function LimitsCard() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('rewards.limits_title')} text={t('rewards.limits_text')}>
      <FormLayout.Group>
        <DraftNumber
          name="limitPerCustomer"
          label={t('rewards.limit_customer')}
          suffix={t('rewards.times')}
        />
        <DraftNumber name="limitTotal" label={t('rewards.limit_total')} suffix={t('rewards.times')} />
      </FormLayout.Group>
    </FormCard>
  );
}

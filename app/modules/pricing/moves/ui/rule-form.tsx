import { Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useDraft, type Draft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import { MOVE_MEASURES } from '../../rules/move-people.ts';
import type { MoveRuleValues } from '../rule-form.ts';
import type { MoveRuleView } from '../rule-screens.server.ts';
import { DryRunCard } from './dry-run-card.tsx';

const { DraftCheckbox, DraftMoney, DraftNumber, DraftSelect } = draftFields<MoveRuleValues>();

/** A rule: whom it moves, where to, and from how much on. Whom it would move now is shown before it is turned on. */
export function RuleForm({ view }: { view: MoveRuleView }) {
  const { t } = useTranslation();
  const draft = useDraft(useSavedValues(view));
  const { rule, categories, dryRun } = view;
  const options = categories.map(({ categoryId, name }) => ({ value: String(categoryId), label: name }));
  const choose = { value: '', label: t('pricing.categories.choose_home') };
  return (
    <DraftForm draft={draft}>
      <FormCard title={t('pricing.moves.who')}>
        <FormLayout.Group>
          <DraftSelect
            name="fromId"
            label={t('pricing.moves.from_category')}
            options={[choose, ...options]}
          />
          <DraftSelect name="toId" label={t('pricing.moves.to_category')} options={[choose, ...options]} />
        </FormLayout.Group>
        <Threshold draft={draft} />
        <DraftNumber name="days" label={t('pricing.moves.days')} helpText={t('pricing.moves.days_help')} />
        <DraftCheckbox
          name="goesBack"
          label={t('pricing.moves.goes_back')}
          helpText={t('pricing.moves.goes_back_help')}
        />
      </FormCard>
      {rule !== null && (
        <FormCard title={t('pricing.moves.try_title')} text={t('pricing.moves.try_text')}>
          {dryRun === null ? (
            <InlineStack>
              <Button url="?try=1" disabled={draft.isDirty}>
                {t('pricing.moves.try')}
              </Button>
            </InlineStack>
          ) : (
            <DryRunCard dryRun={dryRun} rule={rule} />
          )}
          {draft.isDirty && (
            <Text as="p" tone="subdued">
              {t('pricing.moves.save_first')}
            </Text>
          )}
        </FormCard>
      )}
    </DraftForm>
  );
}

function Threshold({ draft }: { draft: Draft<MoveRuleValues> }) {
  const { t } = useTranslation();
  return (
    <FormLayout.Group>
      <DraftSelect
        name="measure"
        label={t('pricing.moves.measure')}
        options={MOVE_MEASURES.map((value) => ({ value, label: t(`pricing.moves.measures.${value}`) }))}
      />
      {draft.values.measure === 'spend' ? (
        <DraftMoney name="amount" label={t('pricing.moves.at_least')} />
      ) : (
        <DraftNumber name="count" label={t('pricing.moves.at_least')} />
      )}
    </FormLayout.Group>
  );
}

function useSavedValues({ rule }: MoveRuleView): MoveRuleValues {
  const format = useFormat();
  const isMoney = rule?.measure === 'spend';
  return {
    version: String(rule?.version ?? 0),
    fromId: rule?.from == null ? '' : String(rule.fromId),
    toId: rule?.to == null ? '' : String(rule.toId),
    measure: rule?.measure ?? 'orders',
    count: isMoney ? '' : format.number(rule?.threshold ?? 1n),
    amount: rule && isMoney ? format.moneyInput(rule.threshold) : '',
    days: rule?.days == null ? '' : format.number(rule.days),
    goesBack: rule?.goesBack ?? false,
  };
}

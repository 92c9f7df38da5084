import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { useShop } from '#app/components/shop-context.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { EVERYBODY, filterParams } from '../../customer-filter.ts';
import { draftOf, readDraft } from '../../editor/rule-draft.ts';
import { SEGMENT_NAME_LENGTH_MAX } from '../../saved/rules/segment-name.ts';
import type { StoredSegment } from '../../saved/segments.queries.server.ts';
import type { RuleNames } from '../../sentence/names.ts';
import { describeRule } from '../../sentence/sentence.ts';
import type { SegmentNode } from '../../tree/tree.ts';
import { RuleEditor, type EditedRule } from '../editor/rule-editor.tsx';
import { SegmentDialog } from './segment-dialogs.tsx';

interface SegmentFormProps {
  segment: StoredSegment;
  /** What the values of its rule are called. */
  names: RuleNames;
}

const { DraftText } = draftFields<{ name: string }>();

/** The name and the rule of a stored segment, changed and saved; what another person saved meanwhile is not lost. */
export function SegmentForm({ segment, names }: SegmentFormProps) {
  const { t } = useTranslation();
  const written = useWrittenRule(segment.rule);
  const draft = useDraft({ name: segment.name, rule: written, version: String(segment.version) });
  const [edited, setEdited] = useState<EditedRule>({ rule: segment.rule, isWhole: true, names });
  const [isTried, setIsTried] = useState(false);
  const [isSavingNew, setIsSavingNew] = useState(false);
  // Discarding begins the editor again.
  const [round, setRound] = useState(0);
  const isUsable = edited.isWhole && edited.rule !== null;
  const unlessIncomplete = (act: () => void) => () => {
    setIsTried(true);
    if (isUsable) act();
  };
  const conflict = useConflict(draft.errors);
  const form = {
    ...draft,
    errors: conflict.otherErrors,
    // The rule has a banner of its own: what changed in it is no field.
    theirs: null,
    save: unlessIncomplete(draft.save),
    discard() {
      draft.discard();
      setIsTried(false);
      conflict.settle();
      setRound(round + 1);
    },
  };
  return (
    <DraftForm draft={form}>
      {conflict.isOpen && <Conflict segment={segment} names={names} />}
      <Card>
        <DraftText name="name" label={t('segment_list.name')} maxLength={SEGMENT_NAME_LENGTH_MAX} />
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {t('segment_list.rule')}
          </Text>
          <RuleEditor
            key={round}
            rule={segment.rule}
            names={names}
            showsErrors={isTried}
            onChange={(now) => {
              setEdited(now);
              const text = now.rule === null ? '' : JSON.stringify(now.rule);
              if (text !== draft.values.rule) draft.set('rule', text);
            }}
          />
          {isTried && !isUsable && (
            <Text as="p" tone="critical">
              {edited.isWhole ? t('segment_list.no_rule') : t('segment_list.incomplete')}
            </Text>
          )}
          <InlineStack>
            <SaveNewButton onPress={unlessIncomplete(() => setIsSavingNew(true))} />
          </InlineStack>
        </BlockStack>
      </Card>
      {isSavingNew && (
        <SegmentDialog
          ask={{ what: 'create', filter: filterParams({ ...EVERYBODY, rule: edited.rule }).toString() }}
          onClose={() => setIsSavingNew(false)}
        />
      )}
    </DraftForm>
  );
}

function SaveNewButton({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation();
  return <Button onClick={onPress}>{t('segment_list.save_new')}</Button>;
}

/** A conflict is open until it is saved or discarded: typing on settles nothing. It says more than the form's error. */
function useConflict(errors: FieldErrors) {
  const { form, ...others } = errors;
  const isRefused = form?.code === 'changed_meanwhile';
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    if (isRefused) setIsOpen(true);
  }, [isRefused]);
  return { isOpen, settle: () => setIsOpen(false), otherErrors: isRefused ? others : errors };
}

/** The rule as the editor writes it back, so that nothing seems changed before something is. */
function useWrittenRule(rule: SegmentNode | null): string {
  const { i18n } = useTranslation();
  const { currency } = useShop();
  if (rule === null) return '';
  const format = { locale: i18n.language, currency };
  return JSON.stringify(readDraft(draftOf(rule, format), format).rule ?? rule);
}

/** Someone else saved the segment: their version is read, and the next save replaces it. */
function Conflict({ segment, names }: SegmentFormProps) {
  const { t, i18n } = useTranslation();
  const { currency } = useShop();
  const [versionBefore] = useState(segment.version);
  const isRead = segment.version !== versionBefore;
  const words = { t, locale: i18n.language, currency, names };
  return (
    <Banner tone="warning" title={t('segment_list.conflict_title')}>
      <Text as="p">
        {isRead
          ? t('segment_list.conflict_now', { name: segment.name, rule: describeRule(segment.rule, words) })
          : t('segment_list.conflict_text')}
      </Text>
    </Banner>
  );
}

import { Badge, BlockStack, Box, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { MoveRulesView, NamedMoveRule } from '../rule-screens.server.ts';
import type { MoveGroup } from '../undo-moves.server.ts';
import { useRuleWords } from './use-rule-words.ts';

const RULES = '/app/resellers/rules';

/** The rules that move people, and what they did. */
export function RuleList({ view: { rules, history } }: { view: MoveRulesView }) {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <Card padding="0">
        {rules.length === 0 ? (
          <EmptyNote title={t('pricing.moves.empty_title')} text={t('pricing.moves.empty_text')}>
            <Button url={`${RULES}/new`}>{t('pricing.moves.add')}</Button>
          </EmptyNote>
        ) : (
          <ul className="bare-list">
            {rules.map((rule) => (
              <li key={String(rule.ruleId)} className="ruled">
                <RuleRow rule={rule} />
              </li>
            ))}
          </ul>
        )}
        <Box padding="400" paddingBlock="300">
          <Text as="p" tone="subdued">
            {t('pricing.moves.staff')}
          </Text>
        </Box>
      </Card>
      <History groups={history} />
    </div>
  );
}

function RuleRow({ rule }: { rule: NamedMoveRule }) {
  const { t } = useTranslation();
  const words = useRuleWords();
  return (
    <Box padding="400" paddingBlock="300">
      <InlineStack gap="200" blockAlign="center">
        <Link url={`${RULES}/${rule.ruleId}`} removeUnderline>
          {words.way(rule.from, rule.to)}
        </Link>
        <Badge {...(rule.isActive ? { tone: 'success' as const } : {})}>
          {t(rule.isActive ? 'pricing.moves.on' : 'pricing.moves.off')}
        </Badge>
      </InlineStack>
      <Text as="p" variant="bodySm" tone="subdued">
        {words.terms(rule)}
      </Text>
    </Box>
  );
}

function History({ groups }: { groups: readonly MoveGroup[] }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<MoveGroup | null>(null);
  const action = useAction();
  const undo = ({ ruleId, fromId, toId, day, isBack }: MoveGroup) =>
    action.act(
      {
        intent: 'undo',
        ruleId: String(ruleId),
        fromId: String(fromId),
        toId: String(toId),
        day,
        isBack: String(isBack),
      },
      t('pricing.moves.undone'),
      () => setAsked(null),
    );
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('pricing.moves.history')}</CardTitle>
        {groups.length === 0 && (
          <Text as="p" tone="subdued">
            {t('pricing.moves.no_history')}
          </Text>
        )}
        <ul className="bare-list">
          {groups.map((group) => (
            <li
              key={[group.day, group.ruleId, group.isBack, group.fromId, group.toId].join()}
              className="ruled"
            >
              <GroupRow group={group} onUndo={() => setAsked(group)} />
            </li>
          ))}
        </ul>
      </BlockStack>
      {asked && (
        <ConfirmModal
          isOpen
          title={t('pricing.moves.undo_title')}
          text={t('pricing.moves.undo_text')}
          error={action.errors.form ? t('pricing.moves.nothing_to_undo') : false}
          confirm={t('pricing.moves.undo')}
          isBusy={action.isBusy}
          onConfirm={() => undo(asked)}
          onCancel={() => {
            action.clear();
            setAsked(null);
          }}
        />
      )}
    </Card>
  );
}

function GroupRow({ group, onUndo }: { group: MoveGroup; onUndo: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRuleWords();
  const { day, from, to, moves, undone, undoneBy, isBack } = group;
  const way = words.way(from, to);
  const facts = [
    format.calendarDay(day),
    t('pricing.moves.moved', { count: moves, number: format.number(moves) }),
    ...(isBack ? [t('pricing.moves.back')] : []),
    ...(undone > 0
      ? [
          undoneBy === null
            ? t('pricing.moves.undone_count', { count: undone, number: format.number(undone) })
            : t('pricing.moves.undone_by', { count: undone, number: format.number(undone), name: undoneBy }),
        ]
      : []),
  ];
  return (
    <Box paddingBlock="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <div className="wrapping">
          <Text as="p">{way}</Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {facts.join(' · ')}
          </Text>
        </div>
        {undone < moves && (
          <Button
            variant="tertiary"
            accessibilityLabel={t('pricing.moves.undo_of', { way, day: format.calendarDay(day) })}
            onClick={onUndo}
          >
            {t('pricing.moves.undo')}
          </Button>
        )}
      </InlineStack>
    </Box>
  );
}

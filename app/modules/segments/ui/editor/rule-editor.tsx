import { BlockStack, Text } from '@shopify/polaris';
import { useEffect, useId, useMemo, useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import {
  changeDraft,
  draftOf,
  placeOf,
  readDraft,
  type DraftAction,
  type RuleDraft,
} from '../../editor/rule-draft.ts';
import type { RuleNames, RuleWords } from '../../sentence/names.ts';
import { describeRule } from '../../sentence/sentence.ts';
import { CONDITIONS_MAX, DEPTH_MAX, type SegmentNode } from '../../tree/tree.ts';
import { EditorProvider, handleId, type EditorContext } from './editor-context.ts';
import { GroupEditor } from './group-editor.tsx';
import { QuerySide } from './query-side.tsx';
import { RulePreviewLine } from './rule-preview.tsx';
import { SideChoice } from './side-choice.tsx';
import { useSides } from './use-sides.ts';

/** A rule as it is edited. */
export interface EditedRule {
  /** Null without conditions, and while something is incomplete. */
  rule: SegmentNode | null;
  /** False while something is incomplete: then the rule must not be used. */
  isWhole: boolean;
  /** What its values are called. */
  names: RuleNames;
}

interface RuleEditorProps {
  /** Where editing begins. To begin again with another rule, give the editor another `key`. */
  rule: SegmentNode | null;
  /** The names of its values (`nameRule`). */
  names: RuleNames;
  onChange: (edited: EditedRule) => void;
  /** Marks everything that is incomplete, as after an attempt to use the rule. */
  showsErrors?: boolean;
}

const NOTHING: readonly never[] = [];

/** Builds a rule of conditions and groups or as text, and says in words and figures whom it means. */
export function RuleEditor({ rule, names: given, onChange, showsErrors = false }: RuleEditorProps) {
  const { t, i18n } = useTranslation();
  const { currency } = useShop();
  const idPrefix = useId();
  const locale = i18n.language;
  const format = useMemo(() => ({ locale, currency }), [locale, currency]);
  const [draft, dispatch] = useReducer(changeDraft, rule, (first) => draftOf(first, format));
  const [names, setNames] = useState(given);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const words = useMemo(() => ({ t, locale, currency, names }), [t, locale, currency, names]);
  const read = useMemo(() => readDraft(draft, format), [draft, format]);
  const learn = (source: string, value: string, label: string) =>
    setNames((before) => ({ ...before, [`${source}/${value}`]: label }));
  const sides = useSides({
    read,
    words,
    learn,
    begin(begun) {
      setLeft(new Set());
      dispatch({ type: 'begin', draft: draftOf(begun, format, draft.nextId) });
    },
  });
  const change = (action: DraftAction) => {
    sides.forgetText();
    dispatch(action);
  };
  const { edited } = sides;

  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    tell.current({ ...edited, names });
  }, [edited, names]);

  const { announced, setMoved } = useMoves(draft, idPrefix);
  const editor: EditorContext = {
    idPrefix,
    draft,
    words,
    format,
    change,
    wrongOf: (id) => (showsErrors || left.has(id) ? (read.wrong.get(id) ?? NOTHING) : NOTHING),
    onLeave: (id) => setLeft((before) => (before.has(id) ? before : new Set(before).add(id))),
    move(id, name, by) {
      change({ type: 'move', id, by });
      setMoved({ id, name });
    },
    learn,
  };
  const isEmpty = edited.rule === null && (sides.side === 'text' || draft.root.parts.length === 0);
  return (
    <EditorProvider value={editor}>
      <BlockStack gap="300">
        <SideChoice sides={sides} />
        {sides.side === 'text' ? <QuerySide {...sides.query} /> : <GroupEditor group={draft.root} isRoot />}
        {sides.side === 'conditions' && <LimitNote problem={read.problem} />}
        <div aria-live="polite" className="unseen">
          {announced}
        </div>
        {!isEmpty && (
          <Meaning
            rule={edited.rule}
            words={words}
            onNames={(found) => setNames((before) => ({ ...found, ...before }))}
          />
        )}
      </BlockStack>
    </EditorProvider>
  );
}

interface MeaningProps {
  /** Null while it is incomplete. */
  rule: SegmentNode | null;
  words: RuleWords;
  onNames: (names: RuleNames) => void;
}

/** Whom the rule means, in words and figures. */
function Meaning({ rule, words, onNames }: MeaningProps) {
  return (
    <BlockStack gap="100">
      {rule !== null && <Text as="p">{describeRule(rule, words)}</Text>}
      <RulePreviewLine rule={rule} onNames={onNames} />
    </BlockStack>
  );
}

/** Why the conditions are more than a rule can have. */
function LimitNote({ problem }: { problem: 'depth' | 'size' | null }) {
  const { t } = useTranslation();
  const limits = {
    depth: t('segments.edit.too_deep', { limit: DEPTH_MAX }),
    size: t('segments.edit.too_large', { limit: CONDITIONS_MAX }),
  };
  if (problem === null) return null;
  return (
    <Text as="p" tone="critical">
      {limits[problem]}
    </Text>
  );
}

/** Keeps the focus on the handle of what was moved, and says where it is now. */
function useMoves(draft: RuleDraft, idPrefix: string) {
  const { t } = useTranslation();
  const [announced, setAnnounced] = useState('');
  const [moved, setMoved] = useState<{ id: number; name: string } | null>(null);
  // In another group the handle is another element.
  useEffect(() => {
    if (moved === null) return;
    setMoved(null);
    document.getElementById(handleId(idPrefix, moved.id))?.focus();
    const place = placeOf(draft.root, moved.id);
    if (place === null) return;
    const [position, total] = [place.index + 1, place.group.parts.length];
    setAnnounced(t('segments.edit.moved', { name: moved.name, position, total }));
  }, [moved, draft, idPrefix, t]);
  return { announced, setMoved };
}

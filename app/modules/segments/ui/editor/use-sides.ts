import { useMemo, useState } from 'react';
import type { ReadDraft } from '../../editor/rule-draft.ts';
import { printQuery } from '../../query/print-query.ts';
import { readQuery, type ReadQuery } from '../../query/read-query.ts';
import type { RuleWords } from '../../sentence/names.ts';
import type { SegmentNode } from '../../tree/tree.ts';
import { useQueryNames } from './use-query-names.ts';

export type Side = 'conditions' | 'text';

interface SidesProps {
  /** The conditions as they are now. */
  read: ReadDraft;
  words: RuleWords;
  learn: (source: string, value: string, label: string) => void;
  /** Begins the conditions again with the rule of the text. */
  begin: (rule: SegmentNode | null) => void;
}

export interface Sides {
  side: Side;
  choose: (side: Side) => void;
  /** Whether the conditions are those before a text that can't be read. */
  isBroken: boolean;
  /** What was typed is written again from now on, since conditions change. */
  forgetText: () => void;
  /** The rule of the side that is seen. */
  edited: { rule: SegmentNode | null; isWhole: boolean };
  query: {
    text: string;
    read: ReadQuery;
    isLookingUp: boolean;
    hasIncomplete: boolean;
    onChange: (text: string) => void;
  };
}

/**
 * The two sides of a rule. The text is written of the conditions until someone types it; the conditions are made of the
 * text when they are seen next. A text that can't be read stays as typed.
 */
export function useSides({ read, words, learn, begin }: SidesProps): Sides {
  const [side, setSide] = useState<Side>('conditions');
  const [typed, setTyped] = useState<string | null>(null);
  const text = useMemo(() => typed ?? printQuery(read.complete, words), [typed, read, words]);
  const query = useMemo(() => readQuery(text, words), [text, words]);
  const isLookingUp = useQueryNames(side === 'text' ? query.asked : NONE, learn);
  const edited = useMemo(() => {
    if (side === 'conditions' || typed === null) return { rule: read.rule, isWhole: read.isWhole };
    return query.ok ? { rule: query.rule, isWhole: true } : { rule: null, isWhole: false };
  }, [side, typed, read, query]);
  return {
    side,
    choose(next) {
      if (next === 'conditions' && typed !== null && query.ok) begin(query.rule);
      setSide(next);
    },
    isBroken: side === 'conditions' && typed !== null && !query.ok,
    forgetText: () => setTyped(null),
    edited,
    query: {
      text,
      read: query,
      isLookingUp,
      hasIncomplete: typed === null && !read.isWhole,
      onChange: setTyped,
    },
  };
}

const NONE: readonly never[] = [];

import { createContext, useContext } from 'react';
import type { DraftAction, RuleDraft } from '../../editor/rule-draft.ts';
import type { FieldName, InputFormat } from '../../editor/fields.ts';
import type { RuleWords } from '../../sentence/names.ts';

/** What every part of the editor needs. */
export interface EditorContext {
  /** Begins the ids of its fields, so that two editors can be on one screen. */
  idPrefix: string;
  draft: RuleDraft;
  words: RuleWords;
  format: InputFormat;
  /** The wrong fields of a condition that staff have left, or tried to use. */
  wrongOf: (id: number) => readonly FieldName[];
  /** Staff left the condition: what is wrong may be said now. */
  onLeave: (id: number) => void;
  change: (action: DraftAction) => void;
  /** By keyboard; the handle keeps the focus. */
  move: (id: number, name: string, by: -1 | 1) => void;
  /** Remembers what a chosen value is called. */
  learn: (source: string, value: string, label: string) => void;
}

const Context = createContext<EditorContext | null>(null);

export const EditorProvider = Context.Provider;

/** The editor around. Throws outside one. */
export function useEditor(): EditorContext {
  const editor = useContext(Context);
  if (!editor) throw new Error('useEditor needs a RuleEditor above it');
  return editor;
}

/** The id of the handle by which a part is moved. */
export const handleId = (idPrefix: string, id: number): string => `${idPrefix}move-${id}`;

import type { ExportKind, ExportScope } from '../export-kinds.ts';
import type { StoredSelection } from '../export-selection.ts';

/** What is to be exported, and what it is called. */
export interface ExportTarget {
  kind: ExportKind;
  scope: ExportScope;
  selection: StoredSelection;
  /** "3 customers". */
  words: string;
}

import { useState } from 'react';
import type { ExportKind } from '../export-kinds.ts';

const keyOf = (kind: ExportKind) => `setia.exports.left-out.${kind}`;

/** Browsers that keep nothing for a frame throw; then all columns are chosen each time. */
function readLeftOut(kind: ExportKind): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(kind)) ?? '[]');
    return Array.isArray(stored) ? stored.filter((column) => typeof column === 'string') : [];
  } catch {
    return [];
  }
}

function keepLeftOut(kind: ExportKind, columns: readonly string[]): void {
  try {
    localStorage.setItem(keyOf(kind), JSON.stringify(columns));
  } catch {
    // See readLeftOut.
  }
}

/** The columns that this member of staff exported last, kept by their browser; a new column is chosen. */
export function useExportColumns(kind: ExportKind, columns: readonly string[]) {
  const [leftOut, setLeftOut] = useState(() => readLeftOut(kind));
  return {
    chosen: columns.filter((column) => !leftOut.includes(column)),
    choose: (chosen: readonly string[]) => setLeftOut(columns.filter((column) => !chosen.includes(column))),
    keep: () => keepLeftOut(kind, leftOut),
  };
}

/** A measured figure, beside what it is measured against. Field names are those of `npm run bench -- --json`. */
export interface Figure {
  bench: string;
  figure: string;
  unit: string;
  ours: number;
  /** Null where there is nothing to compare with. */
  reference: number | null;
  referenceName: string | null;
  /** ours / reference */
  ratio: number | null;
  /** The target, such as `ratio >= 1` or `< 50 ms`. */
  target: string | null;
}

interface Reference {
  value: number;
  name: string;
}

/** A figure with its ratio, rounded to three digits. */
export function figure(
  what: { bench: string; figure: string; unit: string; target?: string },
  ours: number,
  reference?: Reference,
): Figure {
  return {
    bench: what.bench,
    figure: what.figure,
    unit: what.unit,
    ours: round(ours),
    reference: reference ? round(reference.value) : null,
    referenceName: reference?.name ?? null,
    ratio: reference ? round(ours / reference.value) : null,
    target: what.target ?? null,
  };
}

/** More than three digits would be noise; whole numbers stay whole. */
function round(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

const COLUMNS = ['bench', 'figure', 'ours', 'reference', 'ratio', 'target'] as const;

/** The figures as a table in Markdown, aligned for a terminal. */
export function formatTable(figures: readonly Figure[]): string {
  const rows = figures.map((row) => [
    row.bench,
    row.figure,
    `${row.ours} ${row.unit}`,
    row.reference === null ? '' : `${row.reference} ${row.unit} (${row.referenceName})`,
    row.ratio === null ? '' : String(row.ratio),
    row.target ?? '',
  ]);
  const widths = COLUMNS.map((name, index) =>
    Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(COLUMNS), rule, ...rows.map(line)].join('\n');
}

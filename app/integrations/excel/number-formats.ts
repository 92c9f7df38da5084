/** What a number format shows a number as. */
export type NumberKind = 'date' | 'percent' | null;

const PERCENT_IDS = new Set([9, 10]);
/** The dates and times among the built-in formats, with those of Chinese, Japanese, Korean and Thai (ISO 29500-1, 18.8.30). */
const DATE_RANGES: readonly [number, number][] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
  [71, 81],
];

const QUOTED = /"[^"]*"|\\.|_.|\*./g;
const BRACKETS = /\[[^\]]*\]/g;

/** Of a built-in id, or of the code of a custom format. */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) {
    if (PERCENT_IDS.has(id)) return 'percent';
    return DATE_RANGES.some(([first, last]) => id >= first && id <= last) ? 'date' : null;
  }
  const [shown = ''] = code.replaceAll(QUOTED, '').replaceAll(BRACKETS, '').split(';');
  if (shown.includes('%')) return 'percent';
  // "#,##0 Rs" has letters of dates too.
  return /y|d.*m|m.*d|h.*m|b{2}/i.test(shown) && !shown.includes('#') ? 'date' : null;
}

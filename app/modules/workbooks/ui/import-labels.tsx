import { Badge, BlockStack, InlineGrid, Text, type BadgeProps } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { FILE_PROBLEMS } from '#app/lib/table-cells.ts';
import type { ImportState } from '../rules/import-states.ts';

const TONES: Record<ImportState, BadgeProps['tone']> = {
  reading: 'info',
  checking: 'info',
  checked: 'attention',
  running: 'info',
  paused: 'warning',
  cancelling: 'info',
  done: 'success',
  cancelled: undefined,
  failed: 'critical',
  undoing: 'info',
  undone: undefined,
};

/** An import's state as a badge. */
export function StateBadge({ state }: { state: ImportState }) {
  const { t } = useTranslation();
  const tone = TONES[state];
  return <Badge {...(tone ? { tone } : {})}>{t(`imports.state.${state}`)}</Badge>;
}

export interface Figure {
  name: string;
  value: number;
}

/** Figures beside each other, and below one another on a phone. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  const format = useFormat();
  return (
    <InlineGrid columns={{ xs: 2, sm: 3, md: Math.max(1, figures.length) }} gap="400">
      {figures.map(({ name, value }) => (
        <BlockStack key={name} gap="050">
          <Text as="h3" variant="bodyMd" tone="subdued">
            {name}
          </Text>
          <Text as="p" variant="headingLg" numeric>
            {format.number(value)}
          </Text>
        </BlockStack>
      ))}
    </InlineGrid>
  );
}

/** A function from why a file cannot be imported to what can be done. */
export function useFailureText(): (failure: string | null, row: number | null) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (failure, row) => {
    const problem = FILE_PROBLEMS.find((known) => known === failure) ?? 'not_a_workbook';
    return t(`imports.file_problem.${problem}`, { row: row === null ? '' : format.number(row) });
  };
}

/** A function from an opening balance to its words: "1,250 points + Rp 50,000". */
export function useOpeningText(): (opening: { points: bigint; creditMinor: bigint }) => string {
  const format = useFormat();
  return ({ points, creditMinor }) =>
    [
      ...(points > 0n || creditMinor === 0n ? [format.units(points, 'POINTS')] : []),
      ...(creditMinor > 0n ? [format.money(creditMinor)] : []),
    ].join(' + ');
}

import { Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { TableCell } from './table.tsx';

interface TwoLineCellProps {
  /** Where the row leads to. */
  url?: string;
  title: ReactNode;
  weight?: 'medium' | 'semibold';
  /** Below the title, subdued; null for none. */
  details: readonly ReactNode[];
  /** Keeps each line whole, where it is short. */
  isNarrow?: boolean;
}

/** A table's cell that says what a row is, and below it a detail or two. */
export function TwoLineCell({
  url,
  title,
  weight = 'semibold',
  details,
  isNarrow = false,
}: TwoLineCellProps) {
  return (
    <TableCell>
      <div {...(isNarrow ? {} : { className: 'wrapping' })}>
        {url === undefined ? (
          <Text as="p">{title}</Text>
        ) : (
          <Link url={url} dataPrimaryLink removeUnderline monochrome>
            <Text as="span" fontWeight={weight}>
              {title}
            </Text>
          </Link>
        )}
        {details.map(
          (detail, index) =>
            detail !== null && (
              <Text key={index} as="p" variant="bodySm" tone="subdued">
                {detail}
              </Text>
            ),
        )}
      </div>
    </TableCell>
  );
}

import { Box, InlineStack, Pagination } from '@shopify/polaris';
import { usePaging, type Pages } from './pages.ts';

interface PagerProps {
  pages: Pages;
  previousTooltip?: string;
  nextTooltip?: string;
  /** With the padding of a card's part. */
  isInCard?: boolean;
}

/** The buttons below a list that lead to its other pages; none where it has one page only. */
export function Pager({ pages, isInCard = false, ...tooltips }: PagerProps) {
  const paging = usePaging(pages);
  if (pages.previous === null && pages.next === null) return null;
  const buttons = (
    <InlineStack align="center">
      <Pagination {...paging} {...tooltips} />
    </InlineStack>
  );
  return isInCard ? <Box padding="300">{buttons}</Box> : buttons;
}

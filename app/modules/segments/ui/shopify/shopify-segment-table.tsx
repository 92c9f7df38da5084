import { Banner, BlockStack, Box, Button, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { ruleAddress } from '../../rule-address.ts';
import { SHOPIFY_SEGMENTS_MAX } from '../../shopify/limits.ts';
import type {
  ListedShopifySegment,
  ShopifySegmentsView,
} from '../../shopify/shopify-segments.queries.server.ts';

/** The shop's own segments at Shopify: each opens as a search of the list, with the members that were read. */
export function ShopifySegmentTable({ view }: { view: ShopifySegmentsView }) {
  const { t } = useTranslation();
  const { segments, isCut, isListing } = view;
  if (segments.length === 0)
    return (
      <EmptyNote
        title={t(isListing ? 'shopify_segments.listing_title' : 'shopify_segments.empty_title')}
        text={t(isListing ? 'shopify_segments.listing_text' : 'shopify_segments.empty_text')}
      />
    );
  return (
    <BlockStack>
      <Table
        count={segments.length}
        one={t('shopify_segments.one')}
        many={t('shopify_segments.many')}
        headings={[
          { title: t('shopify_segments.segment') },
          { title: t('shopify_segments.members'), alignment: 'end' },
          { title: t('shopify_segments.as_of') },
          { title: t('shopify_segments.actions'), hidden: true },
        ]}
      >
        {segments.map((segment, position) => (
          <SegmentRow key={String(segment.shopifySegmentId)} segment={segment} position={position} />
        ))}
      </Table>
      {isCut && (
        <Box padding="300">
          <Text as="p" tone="subdued">
            {t('shopify_segments.cut', { limit: SHOPIFY_SEGMENTS_MAX })}
          </Text>
        </Box>
      )}
    </BlockStack>
  );
}

function SegmentRow({ segment, position }: { segment: ListedShopifySegment; position: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const { shopifySegmentId, name, query, members, readAt, isReading, pushedFrom } = segment;
  const id = String(shopifySegmentId);
  const rule = {
    kind: 'condition' as const,
    code: 'shopify_segment' as const,
    values: { op: 'anyOf' as const, list: [id] },
  };
  const error = errorOf('form');
  return (
    <TableRow id={id} position={position}>
      <TwoLineCell
        url={ruleAddress(rule, name)}
        title={name}
        details={[query, pushedFrom === null ? null : t('push.pushed_from', { name: pushedFrom })]}
      />
      <TableCell>
        <Text as="span" alignment="end" numeric>
          {members === null ? '–' : format.number(members)}
        </Text>
      </TableCell>
      <TableCell>
        {isReading ? t('shopify_segments.reading') : readAt === null ? '–' : format.timestamp(readAt)}
      </TableCell>
      <TableCell>
        {/* A press here must not open the segment, as one on its row does. */}
        <div onClick={(event) => event.stopPropagation()} role="presentation">
          <Button
            variant="plain"
            disabled={isReading}
            loading={action.isBusy}
            accessibilityLabel={t('shopify_segments.read_of', { name })}
            onClick={() =>
              action.act({ intent: 'members', shopifySegmentId: id }, t('shopify_segments.begun'))
            }
          >
            {t(readAt === null ? 'shopify_segments.read' : 'shopify_segments.read_again')}
          </Button>
          {error && <Banner tone="critical">{error}</Banner>}
        </div>
      </TableCell>
    </TableRow>
  );
}

import { Badge, BlockStack, Box, Button, Card, InlineStack, Link, Tabs, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { SearchField } from '#app/components/search-field.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { useAction, type Action } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { readablePhone } from '#app/lib/phone.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import type { OptOut, OptOutPage } from '../opt-outs.queries.server.ts';

const ADDRESS = '/app/messages/opt-outs';
const QUERY_CHARACTERS_MAX = 40;

interface OptOutListProps {
  page: OptOutPage;
  onlyReviews: boolean;
  query: string;
  /** What is searched for is no phone number. */
  isUnreadable: boolean;
  isFirstPage: boolean;
}

/** Numbers that must not be written to, how that is known, and what staff can do. */
export function OptOutList({ page, onlyReviews, query, isUnreadable, isFirstPage }: OptOutListProps) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const action = useAction();
  const addressOf = (filter: { review: boolean; after?: string | null }) => {
    const search = new URLSearchParams({
      ...(filter.review ? { tab: 'review' } : {}),
      ...(query === '' ? {} : { q: query }),
      ...(filter.after ? { after: filter.after } : {}),
    });
    return `${ADDRESS}?${search.toString()}`;
  };
  const tabs = [
    { id: 'opt-outs-all', content: t('opt_outs.all'), panelID: 'opt-outs' },
    {
      id: 'opt-outs-review',
      content: t('opt_outs.review'),
      panelID: 'opt-outs',
      ...(page.reviews > 0 ? { badge: String(page.reviews) } : {}),
    },
  ];
  return (
    <Card padding="0">
      <Tabs
        tabs={tabs}
        selected={onlyReviews ? 1 : 0}
        onSelect={(index) => change({ tab: index === 1 ? 'review' : null })}
      />
      <div id="opt-outs">
        <Box padding="300">
          <SearchField
            label={t('opt_outs.search')}
            placeholder={t('opt_outs.search')}
            query={query}
            maxLength={QUERY_CHARACTERS_MAX}
            helpText={isUnreadable ? t('opt_outs.no_number') : undefined}
          />
        </Box>
        {page.optOuts.length === 0 ? (
          <EmptyNote
            title={t(query === '' ? 'opt_outs.empty_title' : 'opt_outs.not_found_title')}
            text={t(query === '' ? 'opt_outs.empty_text' : 'opt_outs.not_found_text')}
          />
        ) : (
          <Table
            count={page.optOuts.length}
            one={t('opt_outs.one')}
            many={t('opt_outs.many')}
            headings={[
              { title: t('opt_outs.number') },
              { title: t('opt_outs.why') },
              { title: t('opt_outs.since') },
              { title: t('opt_outs.actions'), hidden: true },
            ]}
            pages={{
              previous: isFirstPage ? null : addressOf({ review: onlyReviews }),
              next: page.after === null ? null : addressOf({ review: onlyReviews, after: page.after }),
            }}
          >
            {page.optOuts.map((optOut, index) => (
              <OptOutRow key={optOut.hash} optOut={optOut} position={index} action={action} />
            ))}
          </Table>
        )}
      </div>
    </Card>
  );
}

function OptOutRow({ optOut, position, action }: { optOut: OptOut; position: number; action: Action }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { hash, address, source, since, needsReview, text } = optOut;
  return (
    <TableRow id={hash} position={position}>
      <TableCell>
        <Who optOut={optOut} />
      </TableCell>
      <TableCell>
        <div className="wrapping">
          <BlockStack gap="100">
            <InlineStack gap="200">
              <Text as="span">{t(`opt_outs.source.${source}`)}</Text>
              {needsReview && <Badge tone="attention">{t('opt_outs.to_review')}</Badge>}
            </InlineStack>
            {text !== null && address !== null && (
              <Text as="p" tone="subdued">
                <bdi>“{text}”</bdi>
              </Text>
            )}
          </BlockStack>
        </div>
      </TableCell>
      <TableCell>{format.timestamp(since)}</TableCell>
      <TableCell>
        <RowActions optOut={optOut} action={action} />
      </TableCell>
    </TableRow>
  );
}

function Who({ optOut: { address, customer } }: { optOut: OptOut }) {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  if (address === null) return <Text as="span">{t('opt_outs.erased')}</Text>;
  return (
    <BlockStack gap="050">
      <bdi dir="ltr">{readablePhone(address)}</bdi>
      {customer && (
        <Link url={`/app/customers/${customer.customerId}`} removeUnderline>
          {nameOf({ ...customer, email: null, phone: address })}
        </Link>
      )}
    </BlockStack>
  );
}

/** `action` is the list's: the row may be gone once it is done. */
function RowActions({ optOut, action }: { optOut: OptOut; action: Action }) {
  const { hash, source, needsReview, address } = optOut;
  const { t } = useTranslation();
  const errorOf = useFieldErrorText(action.errors);
  const [isAsked, setAsked] = useState(false);
  const canAllow = source === 'staff' || source === 'free_text';
  return (
    <InlineStack gap="200" align="end">
      {needsReview && (
        <Button
          loading={action.isBusy && !isAsked}
          onClick={() => action.act({ intent: 'keep', hash }, t('opt_outs.kept'))}
        >
          {t('opt_outs.keep')}
        </Button>
      )}
      {canAllow && (
        <Button variant="tertiary" onClick={() => setAsked(true)}>
          {t('opt_outs.allow')}
        </Button>
      )}
      <ConfirmModal
        isOpen={isAsked}
        title={t('opt_outs.allow_title')}
        text={t('opt_outs.allow_text', { number: address === null ? '' : readablePhone(address) })}
        confirm={t('opt_outs.allow')}
        isBusy={action.isBusy}
        error={errorOf('form')}
        onConfirm={() => action.act({ intent: 'allow', hash }, t('opt_outs.allowed'), () => setAsked(false))}
        onCancel={() => {
          action.clear();
          setAsked(false);
        }}
      />
    </InlineStack>
  );
}

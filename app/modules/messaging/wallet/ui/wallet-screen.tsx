import { Badge, Banner, BlockStack, Card, InlineGrid, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { DataTable, Table, TableCell, TableRow } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { minorToMicros } from '#app/lib/micros.ts';
import type { WalletEntry, WalletScreenView } from '../wallet-screen.server.ts';

/** The wallet: money, what waits for approval, the statement, and what a message costs where. */
export function WalletScreen({ view }: { view: WalletScreenView }) {
  return (
    <div className="stack">
      <Notices view={view} />
      <Figures view={view} />
      <Statement view={view} />
      <PriceList view={view} />
    </div>
  );
}

function Notices({ view }: { view: WalletScreenView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {view.account === 'own' && <Banner tone="info">{t('wallet.own_account')}</Banner>}
      {view.account !== 'own' && view.canTopUp && view.isLow && (
        <Banner tone="warning" title={t('wallet.low_title')}>
          {t('wallet.low_text')}
        </Banner>
      )}
      {!view.canTopUp && view.account !== 'own' && <Banner tone="info">{t('wallet.no_platform')}</Banner>}
      {view.isShopifyAway && <Banner tone="warning">{t('wallet.shopify_away')}</Banner>}
      {view.pending.map(({ chargeGid, amountMinor, confirmationUrl, createdAt }) => (
        <Banner
          key={chargeGid}
          tone="info"
          title={t('wallet.pending_title', {
            amount: format.micros(minorToMicros(amountMinor, view.currency), view.currency),
          })}
        >
          <BlockStack gap="100">
            <Text as="p">{t('wallet.pending_text', { timestamp: format.timestamp(createdAt) })}</Text>
            <Link url={confirmationUrl} target="_top">
              {t('wallet.pending_action')}
            </Link>
          </BlockStack>
        </Banner>
      ))}
    </>
  );
}

function Figures({ view }: { view: WalletScreenView }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { estimate } = view;
  return (
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
      <Figure
        name={t('wallet.free')}
        value={format.micros(view.freeMicros, view.currency)}
        note={
          estimate
            ? t('wallet.estimate', {
                count: Number(estimate.messages),
                number: format.number(estimate.messages),
                country: countryName(estimate.country, i18n.language),
              })
            : t('wallet.free_help')
        }
      />
      <Figure
        name={t('wallet.held')}
        value={format.micros(view.heldMicros, view.currency)}
        note={t('wallet.held_help')}
      />
    </InlineGrid>
  );
}

function Figure({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm" tone="subdued">
          {name}
        </Text>
        <Text as="p" variant="headingLg">
          {value}
        </Text>
        <Text as="p" tone="subdued">
          {note}
        </Text>
      </BlockStack>
    </Card>
  );
}

function Statement({ view }: { view: WalletScreenView }) {
  const { t } = useTranslation();
  return (
    <Card padding="0">
      {view.entries.length === 0 ? (
        <EmptyNote title={t('wallet.empty_title')} text={t('wallet.empty_text')} />
      ) : (
        <Table
          count={view.entries.length}
          one={t('wallet.one')}
          many={t('wallet.many')}
          headings={[
            { title: t('wallet.entry') },
            { title: t('wallet.amount'), alignment: 'end' },
            { title: t('wallet.balance'), alignment: 'end' },
            { title: t('wallet.at') },
          ]}
          pages={newestAndOlder('/app/messages/wallet', view)}
        >
          {view.entries.map((entry, index) => (
            <EntryRow key={String(entry.entryId)} entry={entry} currency={view.currency} position={index} />
          ))}
        </Table>
      )}
    </Card>
  );
}

function EntryRow({ entry, currency, position }: { entry: WalletEntry; currency: string; position: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { entryId, kind, amountMicros, balanceAfterMicros, messages, createdAt } = entry;
  return (
    <TableRow id={String(entryId)} position={position}>
      <TableCell>
        {kind === 'topup' ? (
          <Badge tone="success">{t('wallet.kind.topup')}</Badge>
        ) : (
          t('wallet.kind.charge', { count: messages ?? 0, number: format.number(messages ?? 0) })
        )}
      </TableCell>
      <TableCell>
        <Text as="span" alignment="end" numeric>
          {format.micros(amountMicros, currency)}
        </Text>
      </TableCell>
      <TableCell>
        <Text as="span" alignment="end" numeric>
          {format.micros(balanceAfterMicros, currency)}
        </Text>
      </TableCell>
      <TableCell>{format.timestamp(createdAt)}</TableCell>
    </TableRow>
  );
}

function PriceList({ view }: { view: WalletScreenView }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <CardTitle>{t('wallet.prices.title')}</CardTitle>
          <Text as="p" tone="subdued">
            {t('wallet.prices.text')}
          </Text>
        </BlockStack>
        {view.prices.length === 0 ? (
          <Text as="p">{t('wallet.prices.none')}</Text>
        ) : (
          <DataTable
            columnContentTypes={['text', 'numeric', 'text']}
            headings={[t('wallet.prices.country'), t('wallet.prices.price'), t('wallet.prices.since')]}
            rows={view.prices.map(({ country, priceMicros, fromDay }) => [
              countryName(country, i18n.language),
              format.micros(priceMicros, view.currency),
              format.calendarDay(fromDay),
            ])}
          />
        )}
      </BlockStack>
    </Card>
  );
}

function countryName(country: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country;
}

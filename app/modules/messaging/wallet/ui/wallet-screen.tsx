import { Badge, Banner, BlockStack, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { DataTable, Table, TableCell, TableRow } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { minorToMicros } from '#app/lib/micros.ts';
import type { WalletEntry } from '../list-entries.queries.server.ts';
import type { WalletScreenView } from '../wallet-screen.server.ts';
import { countryName } from './country-name.ts';
import { PackageList } from './package-list.tsx';
import { WalletFigures } from './wallet-figures.tsx';

/** The wallet: money, what waits for approval, the statement, and what a message costs where. */
export function WalletScreen({ view }: { view: WalletScreenView }) {
  return (
    <div className="stack">
      <Notices view={view} />
      <WalletFigures view={view} />
      {view.canTopUp && view.packages.length > 0 && <PackageList view={view} />}
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
      {view.debtMicros > 0n && (
        <Banner tone="warning" title={t('wallet.debt_title')}>
          {t('wallet.debt_text', { money: format.micros(view.debtMicros, view.currency) })}
        </Banner>
      )}
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
  const format = useFormat();
  const { entryId, amountMicros, balanceAfterMicros, createdAt } = entry;
  return (
    <TableRow id={String(entryId)} position={position}>
      <TableCell>
        <What entry={entry} currency={currency} />
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

/** What a movement was for, and what of it the amount doesn't say. */
function What({ entry, currency }: { entry: WalletEntry; currency: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, messages, campaign, campaignId, creditMicros, debtMicros, note } = entry;
  const money = (micros: bigint) => format.micros(micros < 0n ? -micros : micros, currency);
  const details = [
    note,
    kind === 'package' ? t('wallet.detail.package', { credit: money(creditMicros) }) : null,
    kind === 'charge' && creditMicros < 0n
      ? t('wallet.detail.credit', { credit: money(creditMicros) })
      : null,
    kind === 'topup' && debtMicros < 0n ? t('wallet.detail.paid_debt', { debt: money(debtMicros) }) : null,
    debtMicros > 0n ? t('wallet.detail.owed', { debt: money(debtMicros) }) : null,
  ];
  return (
    <>
      {kind === 'charge' ? (
        <Text as="p">
          {t('wallet.kind.charge', { count: messages ?? 0, number: format.number(messages ?? 0) })}
        </Text>
      ) : (
        <Badge {...(kind === 'topup' || kind === 'package' ? { tone: 'success' as const } : {})}>
          {t(`wallet.kind.${kind}`)}
        </Badge>
      )}
      {campaign !== null && (
        <Link url={`/app/messages/campaigns/${campaignId}`} removeUnderline>
          {campaign}
        </Link>
      )}
      {details.map(
        (detail) =>
          detail !== null && (
            <Text key={detail} as="p" tone="subdued" variant="bodySm">
              {detail}
            </Text>
          ),
      )}
    </>
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

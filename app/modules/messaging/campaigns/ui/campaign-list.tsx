import { Badge, Banner, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { CampaignListView } from '../campaign-screen.server.ts';
import { STATE_TONES } from './campaign-tones.ts';

/** The shop's campaigns, the newest first. */
export function CampaignList({ view }: { view: CampaignListView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="stack">
      {!view.hasChannel && <NoChannel />}
      <Card padding="0">
        {view.campaigns.length === 0 ? (
          <EmptyNote title={t('campaigns.empty_title')} text={t('campaigns.empty_text')} />
        ) : (
          <Table
            count={view.campaigns.length}
            one={t('campaigns.one')}
            many={t('campaigns.many')}
            headings={[
              { title: t('campaigns.form.name') },
              { title: t('campaigns.state_title') },
              { title: t('campaigns.recipients'), alignment: 'end' },
              { title: t('campaigns.started') },
            ]}
          >
            {view.campaigns.map(({ campaignId, name, state, recipients, startedAt, dueAt }, index) => (
              <TableRow id={String(campaignId)} key={String(campaignId)} position={index}>
                <TableCell>
                  <div className="wrapping">
                    <Link url={`/app/messages/campaigns/${campaignId}`} removeUnderline>
                      <Text as="span" fontWeight="semibold">
                        {name}
                      </Text>
                    </Link>
                  </div>
                </TableCell>
                <TableCell>
                  <Badge {...STATE_TONES[state]}>{t(`campaigns.state.${state}`)}</Badge>
                </TableCell>
                <TableCell>
                  <Text as="span" alignment="end" numeric>
                    {state === 'draft' || state === 'freezing' ? '' : format.number(recipients)}
                  </Text>
                </TableCell>
                <TableCell>
                  {startedAt !== null
                    ? format.timestamp(startedAt)
                    : dueAt !== null && t('campaigns.due', { timestamp: format.timestamp(dueAt) })}
                </TableCell>
              </TableRow>
            ))}
          </Table>
        )}
      </Card>
    </div>
  );
}

/** Nothing can be sent yet, and where that is changed. */
export function NoChannel() {
  const { t } = useTranslation();
  return (
    <Banner
      tone="warning"
      action={{ content: t('campaigns.no_channel_action'), url: '/app/settings/messaging' }}
    >
      {t('campaigns.no_channel')}
    </Banner>
  );
}

import { Banner, Button, Card, Tabs, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { MailBadge } from '#app/modules/mail/ui/mail-state.tsx';
import { APPLICATION_STATES, type ApplicationState } from '../application-fields.ts';
import type { ApplicationsView } from '../application-screens.server.ts';

const ADDRESS = '/app/resellers/applications';
const tabAddress = (state: ApplicationState) => (state === 'waiting' ? ADDRESS : `${ADDRESS}?state=${state}`);

/** Applications by state. */
export function ApplicationList({ view }: { view: ApplicationsView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = useSearchChange();
  const { state, counts, rows, isOpen } = view;
  return (
    <div className="stack">
      {!isOpen && (
        <Banner action={{ content: t('applications.open_form'), url: `${ADDRESS}/settings` }}>
          {t('applications.closed_note')}
        </Banner>
      )}
      {isOpen && (
        <div className="loose">
          <Text as="p" breakWord>
            {t('applications.address', { address: view.address })}
          </Text>
        </div>
      )}
      {!view.canSendMail && <Banner tone="warning">{t('applications.no_mail')}</Banner>}
      <Card padding="0">
        <Tabs
          tabs={APPLICATION_STATES.map((each) => ({
            id: each,
            content: t(`applications.state.${each}`),
            panelID: 'applications-panel',
            badge: format.number(counts[each]),
          }))}
          selected={APPLICATION_STATES.indexOf(state)}
          onSelect={(index) => change({ state: index === 0 ? null : (APPLICATION_STATES[index] ?? null) })}
        />
        <div id="applications-panel">
          {rows.length === 0 ? (
            <EmptyNote
              title={t(`applications.empty.${state}_title`)}
              text={t(`applications.empty.${state}_text`)}
            >
              {state === 'waiting' && !isOpen && (
                <Button url={`${ADDRESS}/settings`}>{t('applications.open_form')}</Button>
              )}
            </EmptyNote>
          ) : (
            <ApplicationTable view={view} />
          )}
        </div>
      </Card>
    </div>
  );
}

function ApplicationTable({ view }: { view: ApplicationsView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, state, after, isFirstPage, mails } = view;
  const address = tabAddress(state);
  return (
    <Table
      count={rows.length}
      one={t('applications.one')}
      many={t('applications.many')}
      headings={[
        { title: t('applications.who') },
        { title: t('applications.field.business') },
        { title: t('applications.field.city') },
        { title: t('applications.received') },
        ...(state === 'waiting' ? [] : [{ title: t('applications.answer') }]),
      ]}
      pages={{
        previous: isFirstPage ? null : address,
        next: after === null ? null : `${address}${address.includes('?') ? '&' : '?'}after=${after}`,
      }}
      pagesLabel={t('applications.pages')}
    >
      {rows.map((row, position) => (
        <TableRow key={row.applicationId} id={row.applicationId} position={position}>
          <TwoLineCell
            url={`${ADDRESS}/${row.applicationId}`}
            title={row.name}
            details={[[row.email, row.phone].filter((each) => each !== null).join(' · ')]}
          />
          <TableCell>{row.answers.business ?? '–'}</TableCell>
          <TableCell>{row.answers.city ?? '–'}</TableCell>
          <TableCell>{format.timestamp(row.receivedAt)}</TableCell>
          {state !== 'waiting' && (
            <TableCell>
              <MailOf state={mails[row.applicationId]} />
            </TableCell>
          )}
        </TableRow>
      ))}
    </Table>
  );
}

function MailOf({ state }: { state: ApplicationsView['mails'][string] | undefined }) {
  return state === undefined ? '–' : <MailBadge state={state} />;
}

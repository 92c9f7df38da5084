import { Badge, Banner, Button, Card, InlineStack, Tabs, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { Dialog } from '#app/components/dialog.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Select } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { MailBadge, MailCard } from '#app/modules/mail/ui/mail-state.tsx';
import { INVITATION_TABS, type InvitationTab } from '../invitation-tabs.ts';
import type { InvitationLine, InvitationsView } from '../invitation-screen.server.ts';
import { useInvite } from './use-invite.ts';

const ADDRESS = '/app/resellers/invitations';
const tabAddress = (tab: InvitationTab) => (tab === 'all' ? ADDRESS : `${ADDRESS}?tab=${tab}`);
const TONES = { invited: undefined, seen: 'info', ordered: 'success' } as const;

/** Who was invited, and what became of it. */
export function InvitationList({ view }: { view: InvitationsView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = useSearchChange();
  const { tab, counts, lines } = view;
  return (
    <div className="stack">
      {!view.canSendMail && <Banner tone="warning">{t('invitations.no_mail')}</Banner>}
      <InviteCategory view={view} />
      <Card padding="0">
        <Tabs
          tabs={INVITATION_TABS.map((each) => ({
            id: each,
            content: t(`invitations.tab.${each}`),
            panelID: 'invitations-panel',
            badge: format.number(counts[each]),
          }))}
          selected={INVITATION_TABS.indexOf(tab)}
          onSelect={(index) => change({ tab: index === 0 ? null : (INVITATION_TABS[index] ?? null) })}
        />
        <div id="invitations-panel">
          {lines.length === 0 ? (
            <EmptyNote title={t('invitations.empty_title')} text={t(`invitations.empty.${tab}`)}>
              {tab === 'all' && <Button url="/app/customers">{t('invitations.choose')}</Button>}
            </EmptyNote>
          ) : (
            <InvitationTable view={view} />
          )}
        </div>
      </Card>
    </div>
  );
}

function InviteCategory({ view: { categories } }: { view: InvitationsView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [chosen, setChosen] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const { isBusy, errors, invite } = useInvite(() => {
    setIsAsked(false);
    setChosen('');
  });
  const errorOf = useFieldErrorText(errors);
  const category = categories.find(({ categoryId }) => String(categoryId) === chosen);
  if (categories.length === 0) return null;
  return (
    <FormCard title={t('invitations.category_title')} text={t('invitations.category_text')}>
      <InlineStack gap="300" blockAlign="end">
        <Select
          id="categoryId"
          label={t('invitations.category')}
          placeholder={t('invitations.choose_category')}
          options={categories.map(({ categoryId, name, customers }) => ({
            value: String(categoryId),
            label: t('invitations.category_option', { name, number: format.number(customers) }),
          }))}
          value={chosen}
          error={errorOf('categoryId')}
          onChange={setChosen}
        />
        <Button disabled={!category} onClick={() => setIsAsked(true)}>
          {t('invitations.invite')}
        </Button>
      </InlineStack>
      <ConfirmModal
        isOpen={isAsked && category !== undefined}
        title={t('invitations.confirm_title', { name: category?.name ?? '' })}
        text={t('invitations.confirm_text', {
          count: category?.customers ?? 0,
          number: format.number(category?.customers ?? 0),
        })}
        confirm={t('invitations.invite')}
        isBusy={isBusy}
        error={errorOf('form')}
        onConfirm={() => invite({ intent: 'category', categoryId: chosen })}
        onCancel={() => setIsAsked(false)}
      />
    </FormCard>
  );
}

function InvitationTable({ view }: { view: InvitationsView }) {
  const { t } = useTranslation();
  const { lines, tab, after, isFirstPage, canSendMail } = view;
  const [shown, setShown] = useState<InvitationLine | null>(null);
  const { isBusy, invite } = useInvite(() => setShown(null));
  const address = tabAddress(tab);
  return (
    <>
      <Table
        count={lines.length}
        one={t('invitations.one')}
        many={t('invitations.many')}
        headings={[
          { title: t('invitations.customer') },
          { title: t('invitations.state') },
          { title: t('invitations.when') },
          { title: t('invitations.mail') },
          { title: t('invitations.actions'), hidden: true },
        ]}
        pages={{
          previous: isFirstPage ? null : address,
          next: after === null ? null : `${address}${address.includes('?') ? '&' : '?'}after=${after}`,
        }}
        pagesLabel={t('invitations.pages')}
      >
        {lines.map((line, position) => (
          <InvitationRow
            key={String(line.customerId)}
            line={line}
            position={position}
            onShow={() => setShown(line)}
          />
        ))}
      </Table>
      {shown?.mail && (
        <Dialog title={t('invitations.mail')} onClose={() => setShown(null)}>
          <MailCard
            mail={shown.mail}
            canSend={canSendMail}
            isBusy={isBusy}
            onSendAgain={() => invite({ selection: { ids: [String(shown.customerId)] } })}
          />
        </Dialog>
      )}
    </>
  );
}

interface InvitationRowProps {
  line: InvitationLine;
  position: number;
  onShow: () => void;
}

function InvitationRow({ line, position, onShow }: InvitationRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useCustomerName()(line);
  const { isBusy, invite } = useInvite(() => undefined);
  const tone = TONES[line.state];
  const times = line.times > 1 ? t('invitations.times', { count: line.times }) : null;
  return (
    <TableRow id={String(line.customerId)} position={position}>
      <TwoLineCell url={`/app/customers/${line.customerId}`} title={name} details={[line.email]} />
      <TableCell>
        <Badge {...(tone ? { tone } : {})}>{t(`invitations.tab.${line.state}`)}</Badge>
      </TableCell>
      <TableCell>
        <Text as="p">{format.timestamp(line.invitedAt)}</Text>
        {times !== null && (
          <Text as="p" tone="subdued">
            {times}
          </Text>
        )}
      </TableCell>
      <TableCell>
        {line.mail === null ? (
          '–'
        ) : (
          <div className="with-badge">
            <Button
              variant="plain"
              accessibilityLabel={t('invitations.show_mail', { name })}
              onClick={onShow}
            >
              {t('invitations.show')}
            </Button>
            <MailBadge state={line.mail.state} />
          </div>
        )}
      </TableCell>
      <TableCell>
        <Button
          loading={isBusy}
          accessibilityLabel={t('invitations.again_name', { name })}
          onClick={() => invite({ selection: { ids: [String(line.customerId)] } })}
        >
          {t('invitations.again')}
        </Button>
      </TableCell>
    </TableRow>
  );
}

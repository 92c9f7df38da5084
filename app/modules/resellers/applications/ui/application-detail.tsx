import {
  Badge,
  Banner,
  BlockStack,
  Button,
  ButtonGroup,
  Card,
  InlineStack,
  Link,
  Text,
} from '@shopify/polaris';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { MailCard } from '#app/modules/mail/ui/mail-state.tsx';
import { ASKED_FIELDS } from '../application-fields.ts';
import type { ApplicationView } from '../application-screens.server.ts';
import { ApplicationPicture } from './application-picture.tsx';
import { ApproveDialog, RefuseDialog } from './decision-dialogs.tsx';

const TONES = { waiting: 'attention', approved: 'success', refused: undefined } as const;

/** One application: what the person said, their pictures, and the answer. */
export function ApplicationDetail({ view, accessLog }: { view: ApplicationView; accessLog: ReactNode }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'approve' | 'refuse' | 'delete' | null>(null);
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const { application, known } = view;
  const customerName = useCustomerName();
  const end = () => {
    action.clear();
    setAsked(null);
  };
  return (
    <div className="stack">
      {known !== null && application.state === 'waiting' && (
        <Banner>
          {t('applications.known')}{' '}
          <Link url={`/app/customers/${known.customerId}`}>{customerName(known)}</Link>
        </Banner>
      )}
      <ApplicationCard view={view} onAsk={setAsked} />
      <PicturesCard view={view} />
      {accessLog}
      {view.mail !== null && (
        <Card>
          <MailCard
            mail={view.mail}
            canSend={view.canSendMail}
            isBusy={action.isBusy}
            onSendAgain={() => action.act({ intent: 'send_again' }, t('mail.queued'))}
          />
        </Card>
      )}
      <div className="loose">
        <Button tone="critical" variant="plain" onClick={() => setAsked('delete')}>
          {t('applications.delete')}
        </Button>
      </div>
      {asked === 'approve' && <ApproveDialog view={view} action={action} onClose={end} />}
      {asked === 'refuse' && <RefuseDialog view={view} action={action} onClose={end} />}
      <ConfirmModal
        isOpen={asked === 'delete'}
        title={t('applications.delete_title', { name: application.name })}
        text={t('applications.delete_text')}
        confirm={t('applications.delete')}
        isDestructive
        isBusy={action.isBusy}
        error={errorOf('form')}
        onConfirm={() => action.act({ intent: 'delete' }, t('applications.deleted'))}
        onCancel={end}
      />
    </div>
  );
}

interface ApplicationCardProps {
  view: ApplicationView;
  onAsk: (asked: 'approve' | 'refuse') => void;
}

function ApplicationCard({ view, onAsk }: ApplicationCardProps) {
  const { t } = useTranslation();
  const { state } = view.application;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" align="space-between">
          <InlineStack gap="200" blockAlign="center">
            <CardTitle>{t('applications.one_title')}</CardTitle>
            <StateBadge state={state} />
          </InlineStack>
          {state === 'waiting' && (
            <ButtonGroup>
              <Button onClick={() => onAsk('refuse')}>{t('applications.refuse')}</Button>
              <Button variant="primary" onClick={() => onAsk('approve')}>
                {t('applications.approve')}
              </Button>
            </ButtonGroup>
          )}
        </InlineStack>
        <Facts view={view} />
      </BlockStack>
    </Card>
  );
}

function PicturesCard({ view: { application, files } }: { view: ApplicationView }) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('applications.pictures')}</CardTitle>
        <InlineStack gap="400">
          {files.map((kind) => (
            <ApplicationPicture key={kind} applicationId={application.applicationId} kind={kind} />
          ))}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function StateBadge({ state }: { state: ApplicationView['application']['state'] }) {
  const { t } = useTranslation();
  const tone = TONES[state];
  return <Badge {...(tone ? { tone } : {})}>{t(`applications.state.${state}`)}</Badge>;
}

type Fact = [label: string, text: string];

/** What was said, and what was decided. */
function useFacts(view: ApplicationView): Fact[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { application, question, categories, decidedBy } = view;
  const { answers, percentBp, reason, decidedAt, state } = application;
  const category = categories.find(({ categoryId }) => categoryId === application.categoryId);
  const facts: Fact[] = [[t('applications.field.email'), application.email]];
  if (application.phone !== null) facts.push([t('applications.field.phone'), application.phone]);
  for (const field of ASKED_FIELDS) {
    const text = answers[field];
    const isOwn = field === 'question' && question !== '';
    if (text !== undefined) facts.push([isOwn ? question : t(`applications.field.${field}`), text]);
  }
  facts.push([t('applications.received'), format.timestamp(application.receivedAt)]);
  if (category) facts.push([t('applications.category'), category.name]);
  if (percentBp !== null) facts.push([t('applications.percent'), format.percent(percentBp)]);
  if (reason !== null) facts.push([t('applications.reason'), reason]);
  if (decidedAt === null || state === 'waiting') return facts;
  const when = format.timestamp(decidedAt);
  const by = decidedBy === null ? when : t('applications.decided_by', { when, name: decidedBy });
  return [...facts, [t(`applications.decided.${state}`), by]];
}

function Facts({ view }: { view: ApplicationView }) {
  const { t } = useTranslation();
  const facts = useFacts(view);
  const { customerId, state } = view.application;
  return (
    <BlockStack gap="200">
      <dl className="application-facts">
        {facts.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {customerId !== null && state === 'approved' && (
        <Text as="p">
          <Link url={`/app/customers/${customerId}`}>{t('applications.to_customer')}</Link>
        </Text>
      )}
    </BlockStack>
  );
}

import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import type { ChannelScreenView } from '../channel-screen.server.ts';

type AccountValues = Record<'account' | 'accountSid' | 'authToken' | 'serviceSid' | 'senderName', string>;

const { DraftChoice, DraftText } = draftFields<AccountValues>();

/** Whose Twilio account sends the shop's messages. Saving it reads the account's service. */
export function AccountForm({ view }: { view: ChannelScreenView }) {
  const { t } = useTranslation();
  const draft = useDraft(savedValues(view));
  return (
    <DraftForm draft={draft}>
      <FormCard title={t('messaging.account.title')} text={t('messaging.account.text')}>
        {view.hasPlatform ? (
          <DraftChoice
            name="account"
            title={t('messaging.account.choice')}
            titleHidden
            choices={[
              {
                value: 'platform',
                label: t('messaging.account.platform'),
                helpText: t('messaging.account.platform_help'),
                details: <PlatformFields />,
              },
              {
                value: 'own',
                label: t('messaging.account.own'),
                helpText: t('messaging.account.own_help'),
                details: <OwnFields view={view} />,
              },
            ]}
          />
        ) : (
          <OwnFields view={view} />
        )}
      </FormCard>
    </DraftForm>
  );
}

function PlatformFields() {
  const { t } = useTranslation();
  return (
    <DraftText
      name="senderName"
      label={t('messaging.account.sender_name')}
      helpText={t('messaging.account.sender_name_help')}
      maxLength={11}
      showCharacterCount
    />
  );
}

function OwnFields({ view: { channel } }: { view: ChannelScreenView }) {
  const { t } = useTranslation();
  const hasToken = channel?.account === 'own';
  return (
    <div className="stack">
      <DraftText name="accountSid" label={t('messaging.account.account_sid')} />
      <DraftText
        name="authToken"
        type="password"
        label={t('messaging.account.auth_token')}
        helpText={t(hasToken ? 'messaging.account.auth_token_saved' : 'messaging.account.auth_token_help')}
      />
      <DraftText
        name="serviceSid"
        label={t('messaging.account.service_sid')}
        helpText={t('messaging.account.service_sid_help')}
      />
    </div>
  );
}

/** The token is never shown: empty means the one that is saved. */
function savedValues({ channel, hasPlatform }: ChannelScreenView): AccountValues {
  const isOwn = channel?.account === 'own';
  return {
    account: channel?.account ?? (hasPlatform ? 'platform' : 'own'),
    accountSid: isOwn ? channel.accountSid : '',
    authToken: '',
    serviceSid: isOwn ? channel.serviceSid : '',
    senderName: channel?.account === 'platform' ? (channel.senders[0]?.address ?? '') : '',
  };
}

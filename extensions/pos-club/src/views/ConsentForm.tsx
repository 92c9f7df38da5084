import { useState } from 'preact/hooks';
import type { ConsentCodeAnswer } from '../../../shared/staff-api.ts';
import type { StaffCause, StaffClient } from '../../../shared/staff-client.ts';
import type { Texts } from '../../../shared/texts.ts';
import { valueOf } from '../../../shared/field-value.ts';

const CODE = /^\d{4}$/;

interface ConsentFormProps {
  texts: Texts;
  client: StaffClient;
  customerId: string;
  /** The key of the attempt that the code is for. */
  attemptKey: string;
  isBusy: boolean;
  onCode: (code: string) => void;
  onCancel: () => void;
}

type Sent = { step: 'idle' | 'sending' } | { step: 'sent'; to: string } | { step: 'failed'; why: string };

/** The customer agrees: a code goes to their phone, and they tell it to staff. */
export function ConsentForm(props: ConsentFormProps) {
  const { texts, client, customerId, attemptKey, isBusy, onCode, onCancel } = props;
  const { translate } = texts;
  const [sent, setSent] = useState<Sent>({ step: 'idle' });
  const [code, setCode] = useState('');
  const send = async () => {
    setSent({ step: 'sending' });
    const reply = await client.sendCode({ key: attemptKey, customerId });
    setSent(toSent(reply));
  };
  return (
    <s-section heading={translate('consent.title')}>
      <s-stack gap="base">
        <s-text>{translate('consent.text')}</s-text>
        {sent.step === 'failed' ? <s-banner tone="critical" heading={translate(sent.why)} /> : null}
        {sent.step === 'sent' ? <s-text>{translate('consent.sent', { to: sent.to })}</s-text> : null}
        <s-button loading={sent.step === 'sending'} disabled={isBusy} onClick={() => void send()}>
          {translate(sent.step === 'sent' ? 'consent.again' : 'consent.send')}
        </s-button>
        {sent.step === 'sent' ? (
          <s-text-field
            label={translate('consent.code')}
            value={code}
            maxLength={4}
            disabled={isBusy}
            onInput={(event) => setCode(valueOf(event).trim())}
            onChange={(event) => setCode(valueOf(event).trim())}
          />
        ) : null}
        <s-stack direction="inline" gap="small">
          <s-button
            variant="primary"
            loading={isBusy}
            disabled={isBusy || !CODE.test(code)}
            onClick={() => onCode(code)}
          >
            {translate('consent.confirm')}
          </s-button>
          <s-button variant="secondary" disabled={isBusy} onClick={onCancel}>
            {translate('cancel')}
          </s-button>
        </s-stack>
      </s-stack>
    </s-section>
  );
}

function toSent(reply: { ok: true; body: ConsentCodeAnswer } | { ok: false; cause: StaffCause }): Sent {
  if (!reply.ok) return { step: 'failed', why: `cause.${reply.cause}` };
  const { body } = reply;
  return body.ok ? { step: 'sent', to: body.to } : { step: 'failed', why: `consent.failed.${body.reason}` };
}

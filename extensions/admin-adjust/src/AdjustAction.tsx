import { useEffect, useState } from 'preact/hooks';
import type { StaffAdjustForm } from '../../shared/staff-api.ts';
import type { StaffCause, StaffClient } from '../../shared/staff-client.ts';
import type { Translator } from '../../shared/texts.ts';
import { AdjustFields } from './AdjustFields.tsx';

interface AdjustActionProps {
  i18n: Translator;
  client: StaffClient;
  customerId: string;
  onClose: () => void;
}

type Read = { form: StaffAdjustForm } | { cause: StaffCause } | null;

/** Reads what the form needs; a customer whose balance cannot be changed has none. */
export function AdjustAction({ i18n, client, customerId, onClose }: AdjustActionProps) {
  const { translate } = i18n;
  const [read, setRead] = useState<Read>(null);
  useEffect(() => {
    void client
      .adjustForm(customerId)
      .then((reply) => setRead(reply.ok ? { form: reply.body } : { cause: reply.cause }));
  }, [client, customerId]);
  if (read && 'form' in read)
    return <AdjustFields i18n={i18n} client={client} form={read.form} onClose={onClose} />;
  return (
    <s-admin-action heading={translate('title')} loading={read === null}>
      {read ? <s-banner tone="warning">{translate(`cause.${read.cause}`)}</s-banner> : null}
      <s-button slot="secondary-actions" onClick={onClose}>
        {translate('close')}
      </s-button>
    </s-admin-action>
  );
}

import { Banner, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { readablePhone } from '#app/lib/phone.ts';
import type { NumberOptOut } from '#app/modules/messaging/consent/number-opt-out.server.ts';

const OPT_OUTS = '/app/messages/opt-outs';

/** A number that opted out gets no texts, whatever is written down about its owner: who can take that back, and how. */
export function OptOutNote({ optOut }: { optOut: NumberOptOut }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { since, source, canStaffAllow, startAt } = optOut;
  return (
    <Banner tone="warning">
      <Text as="p">{t('customer_form.opted_out.since', { day: format.day(since) })}</Text>
      {canStaffAllow ? (
        <Link url={OPT_OUTS}>{t('customer_form.opted_out.staff')}</Link>
      ) : (
        <Text as="p">{t(`customer_form.opted_out.${howOf(source, startAt)}`, startValues(startAt))}</Text>
      )}
    </Banner>
  );
}

function howOf(source: NumberOptOut['source'], startAt: string | null) {
  if (source === 'deactivated') return 'deactivated';
  if (source === 'link') return 'link';
  return startAt === null ? 'no_number' : 'start';
}

const startValues = (startAt: string | null) => ({ number: startAt === null ? '' : readablePhone(startAt) });

import { useState } from 'preact/hooks';
import type { StaffPrices } from '../../../shared/staff-api.ts';
import type { StaffCause, StaffClient } from '../../../shared/staff-client.ts';
import type { Texts } from '../../../shared/texts.ts';

interface MemberPriceProps {
  texts: Texts;
  client: StaffClient;
  customerId: string;
  /** The cart's variants, "v1x2,v5x1"; empty for none. */
  items: string;
}

type Read = 'idle' | 'reading' | { cause: StaffCause } | { prices: StaffPrices };

/** What this customer pays for the cart by category, list, own percent and tier. Asked for, since most carts need it not. */
export function MemberPrice({ texts, client, customerId, items }: MemberPriceProps) {
  const { translate } = texts;
  const [read, setRead] = useState<Read>('idle');
  if (items === '') return null;
  const ask = async () => {
    setRead('reading');
    const reply = await client.prices(customerId, items);
    setRead(reply.ok ? { prices: reply.body } : { cause: reply.cause });
  };
  return (
    <s-section heading={translate('price.title')}>
      <s-stack gap="small">
        {typeof read === 'object' ? <PriceText texts={texts} read={read} /> : null}
        <s-button variant="secondary" loading={read === 'reading'} onClick={() => void ask()}>
          {translate('price.show')}
        </s-button>
      </s-stack>
    </s-section>
  );
}

function PriceText({ texts, read }: { texts: Texts; read: { cause: StaffCause } | { prices: StaffPrices } }) {
  const { translate, money } = texts;
  if ('cause' in read) return <s-text tone="critical">{translate(`cause.${read.cause}`)}</s-text>;
  const { grossMinor, totalMinor, isOff, isUnavailable } = read.prices;
  if (isUnavailable) return <s-text tone="critical">{translate('cause.server')}</s-text>;
  const [gross, total] = [BigInt(grossMinor), BigInt(totalMinor)];
  if (gross === total) return <s-text>{translate('price.same', { total: money(total) })}</s-text>;
  return (
    <s-stack gap="none">
      <s-text type="strong">
        {translate('price.member', { total: money(total), saved: money(gross - total) })}
      </s-text>
      {isOff ? <s-text color="subdued">{translate('price.off')}</s-text> : null}
    </s-stack>
  );
}

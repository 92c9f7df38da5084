import { useState } from 'preact/hooks';
import type { StaffClient } from '../../../shared/staff-client.ts';
import type { TillWithToast } from '../till.ts';
import { FindPage } from './FindPage.tsx';

/** Finds or creates the customer of a phone and makes them a member; there is no cart any longer. */
export function JoinPage({ till, client }: { till: TillWithToast; client: StaffClient }) {
  const { translate } = till.i18n;
  const [state, setState] = useState<'finding' | 'joining' | 'joined' | 'failed'>('finding');
  const join = async (customerId: string) => {
    setState('joining');
    const reply = await client.join(customerId);
    const isJoined = reply.ok && reply.body.ok;
    setState(isJoined ? 'joined' : 'failed');
    if (isJoined) till.toast.show(translate('toast.joined'));
  };
  if (state === 'finding') return <FindPage till={till} client={client} onFound={(id) => void join(id)} />;
  return (
    <s-page heading={translate('find.title')}>
      <s-scroll-box padding="base">
        {state === 'joining' ? <s-spinner accessibilityLabel={translate('loading')} /> : null}
        {state === 'joined' ? <s-banner tone="success" heading={translate('join.done')} /> : null}
        {state === 'failed' ? (
          <s-stack gap="base">
            <s-banner tone="critical" heading={translate('problem.joined_not')} />
            <s-button onClick={() => setState('finding')}>{translate('again')}</s-button>
          </s-stack>
        ) : null}
      </s-scroll-box>
    </s-page>
  );
}

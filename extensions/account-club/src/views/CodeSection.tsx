import { useState } from 'preact/hooks';
import type { AccountClient } from '../../../shared/account-client.ts';
import type { ClubRedemption } from '../../../shared/club-api.ts';
import type { Texts } from '../../../shared/texts.ts';

interface CodeProps {
  texts: Texts;
  client: AccountClient;
  open: ClubRedemption;
  /** The address of the store; null while it isn't known. */
  store: string | null;
  refresh: () => Promise<void>;
  toast: (content: string) => void;
}

/** The open code: to copy, to put on the cart, or to give back. Where it was made does not matter. */
export function CodeSection({ texts, client, open, store, refresh, toast }: CodeProps) {
  const { translate } = texts;
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const giveBack = async () => {
    setIsBusy(true);
    setProblem(null);
    const reply = await client.release(open.id);
    const isGone = !reply.ok && reply.cause === 'gone';
    if ((reply.ok && reply.body.ok) || isGone) toast(translate('code.givenBack'));
    else if (reply.ok && !reply.body.ok) setProblem(`code.problem.${reply.body.reason}`);
    else setProblem('code.problem.failed');
    await refresh();
    setIsBusy(false);
  };
  const minimum = BigInt(open.reward?.minimumCartMinor ?? 0);
  return (
    <s-section heading={translate('code.title')}>
      <s-stack gap="base">
        {problem === null ? null : <s-banner tone="critical">{translate(problem)}</s-banner>}
        <s-text>
          {open.reward
            ? translate('code.reward', { reward: open.reward.name, gift: texts.gift(open.reward) })
            : translate('code.payment', { amount: texts.money(BigInt(open.amountMinor)) })}
        </s-text>
        <s-box border="base" borderRadius="base" padding="base">
          <s-text type="strong">{open.code}</s-text>
        </s-box>
        <s-text color="subdued" type="small">
          {translate('code.until', {
            time: texts.time(open.expiresAt, new Date()),
            units: texts.units(BigInt(open.units), open.unit),
          })}
        </s-text>
        {minimum > BigInt(0) ? (
          <s-text color="subdued" type="small">
            {translate('reward.minimumCart', { amount: texts.money(minimum) })}
          </s-text>
        ) : null}
        <s-text color="subdued" type="small">
          {translate('code.express')}
        </s-text>
        <s-stack direction="inline" gap="small-200">
          {store === null ? null : (
            <s-button
              variant="primary"
              disabled={isBusy}
              href={`${store}/discount/${encodeURIComponent(open.code)}?redirect=/cart`}
            >
              {translate('code.use')}
            </s-button>
          )}
          <s-button variant="secondary" disabled={isBusy} commandFor="open-code" command="--copy">
            {translate('code.copy')}
          </s-button>
          <s-button variant="secondary" loading={isBusy} onClick={() => void giveBack()}>
            {translate('code.giveBack')}
          </s-button>
        </s-stack>
        <s-clipboard-item
          id="open-code"
          text={open.code}
          onCopy={() => toast(translate('code.copied'))}
          onCopyError={() => setProblem('code.problem.copy')}
        />
      </s-stack>
    </s-section>
  );
}

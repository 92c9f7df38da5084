import type { Translator } from '../../../shared/texts.ts';

/** What the customer had before this purchase: the new points may not be known while the receipt is printed. */
export function ReceiptLines({
  i18n,
  balance,
}: {
  i18n: Pick<Translator, 'translate'>;
  balance: string | null;
}) {
  return (
    <s-pos-block>
      {balance === null ? null : <s-text>{i18n.translate('receipt.balance', { balance })}</s-text>}
      <s-text>{i18n.translate('receipt.note')}</s-text>
    </s-pos-block>
  );
}

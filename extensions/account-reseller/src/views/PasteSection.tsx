import { useState } from 'preact/hooks';
import type { ResellerItem } from '../../../shared/reseller-api.ts';
import type { ResellerClient } from '../../../shared/reseller-client.ts';
import { valueOf } from '../../../shared/field-value.ts';
import type { Texts } from '../../../shared/texts.ts';
import { type PastedLines, readPastedLines } from '../pasted-lines.ts';
import type { ResellerCart } from '../use-cart.ts';
import { findLinesBySku } from './add-by-sku.ts';

interface PasteProps {
  texts: Texts;
  client: ResellerClient;
  onFound: (items: readonly ResellerItem[]) => void;
  cart: ResellerCart;
  toast: (content: string) => void;
}

/** An order as a list: a line each with SKU and quantity. What cannot be used is named, the rest is added. */
export function PasteSection({ texts, client, onFound, cart, toast }: PasteProps) {
  const { translate } = texts;
  const [text, setText] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [problems, setProblems] = useState<string[]>([]);
  const add = async () => {
    const read = readPastedLines(text);
    const unreadable = unreadableText(texts, read);
    if (read.quantities.size === 0)
      return setProblems(unreadable === null ? [translate('paste.empty')] : [unreadable]);
    setIsBusy(true);
    const found = await findLinesBySku(client, read.quantities);
    setIsBusy(false);
    if (!found.ok) return setProblems([translate('paste.failed')]);
    onFound(found.items);
    cart.add(found.lines);
    const { missing, several } = found;
    setProblems(
      [
        unreadable,
        missing.length === 0 ? null : translate('paste.missing', { skus: missing.join(', ') }),
        several.length === 0 ? null : translate('paste.several', { skus: several.join(', ') }),
      ].filter((each) => each !== null),
    );
    if (found.lines.length > 0) {
      setText('');
      toast(translate('paste.added', { count: found.lines.length }));
    }
  };
  return (
    <s-section heading={translate('paste.title')}>
      <s-stack gap="base">
        <s-text color="subdued">{translate('paste.how')}</s-text>
        {problems.length === 0 ? null : (
          <s-banner tone="warning">
            <s-stack gap="small-400">
              {problems.map((problem) => (
                <s-text key={problem}>{problem}</s-text>
              ))}
            </s-stack>
          </s-banner>
        )}
        <s-text-area
          label={translate('paste.field')}
          rows={5}
          value={text}
          onInput={(event) => setText(valueOf(event))}
        />
        <s-button variant="secondary" loading={isBusy} onClick={() => void add()}>
          {translate('paste.add')}
        </s-button>
      </s-stack>
    </s-section>
  );
}

function unreadableText({ translate }: Texts, { unreadable }: PastedLines): string | null {
  return unreadable.length === 0
    ? null
    : translate('paste.unreadable', { count: unreadable.length, lines: unreadable.join(', ') });
}

import { Badge, BlockStack, InlineStack, Spinner, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#app/components/dialog.tsx';
import { readJson } from '#app/components/read-json.ts';
import { useShop } from '#app/components/shop-context.tsx';
import type { WhyAnswer } from '#app/modules/segments/answers.ts';
import { shownText } from '#app/modules/segments/sentence/amounts.ts';
import type { RuleWords } from '#app/modules/segments/sentence/names.ts';
import { describePart } from '#app/modules/segments/sentence/sentence.ts';
import type { Explained } from '#app/modules/segments/tree/evaluate.ts';

interface WhyDialogProps {
  customerId: bigint;
  name: string;
  /** The list's address. */
  search: string;
  onClose: () => void;
}

/** Why a customer is in the list: each condition with what the customer has. */
export function WhyDialog({ customerId, name, search, onClose }: WhyDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('segments.why.title', { name })} onClose={onClose}>
      <Why address={`/app/customers/why?customer=${customerId}&${search}`} name={name} />
    </Dialog>
  );
}

function Why({ address, name }: { address: string; name: string }) {
  const { t, i18n } = useTranslation();
  const { currency } = useShop();
  const [answer, setAnswer] = useState<WhyAnswer | { ok: false } | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    void readJson<WhyAnswer>(address, controller.signal).then((read) => {
      if (!controller.signal.aborted) setAnswer(read);
    });
    return () => controller.abort();
  }, [address]);
  if (answer === null) return <Spinner size="small" accessibilityLabel={t('customer_list.loading')} />;
  if (!answer.ok)
    return (
      <Text as="p" tone="critical">
        {t('segments.why.failed')}
      </Text>
    );
  const { explained, names } = answer;
  if (explained === null) return <Text as="p">{t('segments.why.gone')}</Text>;
  return (
    <BlockStack gap="300">
      <Text as="p">
        {explained.matches ? t('segments.why.in', { name }) : t('segments.why.out', { name })}
      </Text>
      <Part explained={explained} words={{ t, locale: i18n.language, currency, names }} />
    </BlockStack>
  );
}

function Part({ explained, words }: { explained: Explained; words: RuleWords }) {
  const { t } = words;
  if (explained.kind === 'condition') {
    const { condition, shown } = explained;
    return (
      <BlockStack gap="050">
        <Outcome matches={explained.matches} text={describePart(condition, words)} />
        <Text as="p" tone="subdued">
          {t('segments.why.has', { value: shownText(shown, condition, words) })}
        </Text>
      </BlockStack>
    );
  }
  const parts = explained.kind === 'not' ? [explained.part] : explained.parts;
  return (
    <BlockStack gap="200">
      <Outcome matches={explained.matches} text={t(`segments.why.${explained.kind}`)} />
      <ul className="bare-list rule-parts why-parts">
        {parts.map((part, index) => (
          <li key={index}>
            <Part explained={part} words={words} />
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}

function Outcome({ matches, text }: { matches: boolean; text: string }) {
  const { t } = useTranslation();
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="span" fontWeight="medium">
        {text}
      </Text>
      <Badge {...(matches ? { tone: 'success' as const } : {})}>
        {matches ? t('segments.why.matches') : t('segments.why.fails')}
      </Badge>
    </InlineStack>
  );
}

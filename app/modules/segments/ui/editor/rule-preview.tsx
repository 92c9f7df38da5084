import { BlockStack, Button, InlineStack, Link, Text } from '@shopify/polaris';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readJson } from '#app/components/read-json.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import type { RulePreview } from '../../answers.ts';
import type { RuleNames } from '../../sentence/names.ts';
import type { SegmentNode } from '../../tree/tree.ts';
import { MissingNote } from '../missing-note.tsx';

const CHANGE_DELAY_MS = 300;
/** While something that the rule names is being read. */
const UNREAD_DELAY_MS = 3_000;

interface Preview {
  /** Of the rule before, while the next one is counted. */
  answer: RulePreview | null;
  state: 'counting' | 'ready' | 'failed';
  retry: () => void;
}

function usePreview(rule: SegmentNode | null, onNames: (names: RuleNames) => void): Preview {
  const tell = useRef(onNames);
  tell.current = onNames;
  const [answer, setAnswer] = useState<RulePreview | null>(null);
  const [state, setState] = useState<Preview['state']>('counting');
  const [attempt, setAttempt] = useState(0);
  const written = rule === null ? null : JSON.stringify(rule);
  useEffect(() => {
    if (written === null) return undefined;
    const controller = new AbortController();
    const read = async (isExact: boolean) => {
      const search = new URLSearchParams({ rule: written, ...(isExact ? { exact: '1' } : {}) });
      const read = await readJson<RulePreview>(
        `/app/customers/rule-preview?${search.toString()}`,
        controller.signal,
      );
      if (controller.signal.aborted) return false;
      if (read.ok) {
        setAnswer(read);
        tell.current(read.names);
      }
      setState(read.ok ? 'ready' : 'failed');
      return read.ok && read.certainty !== 'exact';
    };
    const readTwice = async () => {
      if (await read(false)) await read(true);
    };
    setState('counting');
    const timer = setTimeout(() => void readTwice(), CHANGE_DELAY_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [written, attempt]);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  const isReading = state === 'ready' && answer !== null && answer.missing.some(({ isUnread }) => isUnread);
  useEffect(() => {
    if (!isReading) return undefined;
    const timer = setTimeout(retry, UNREAD_DELAY_MS);
    return () => clearTimeout(timer);
  }, [isReading, retry]);
  return { answer, state, retry };
}

const COUNT_TEXTS = {
  exact: 'customer_list.count',
  about: 'segments.edit.about',
  below: 'segments.edit.below',
} as const;

interface RulePreviewLineProps {
  /** Null while it is incomplete. */
  rule: SegmentNode | null;
  onNames: (names: RuleNames) => void;
}

/** How many customers the rule means while it is edited, and on request ten of them. */
export function RulePreviewLine({ rule, onNames }: RulePreviewLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { answer, state, retry } = usePreview(rule, onNames);
  if (rule === null)
    return (
      <Text as="p" tone="subdued">
        {t('segments.edit.incomplete')}
      </Text>
    );
  if (state === 'failed')
    return (
      <InlineStack gap="200" blockAlign="center">
        <Text as="p" tone="critical">
          {t('segments.edit.failed')}
        </Text>
        <Button size="slim" onClick={retry}>
          {t('segments.edit.retry')}
        </Button>
      </InlineStack>
    );
  return (
    <BlockStack gap="200">
      <div role="status" aria-busy={state === 'counting'}>
        <Text as="p" variant="headingSm">
          {answer === null || state === 'counting'
            ? t('segments.edit.counting')
            : t(COUNT_TEXTS[answer.certainty], { count: answer.count, amount: format.number(answer.count) })}
        </Text>
      </div>
      {answer !== null && answer.missing.length > 0 && (
        <MissingNote missing={answer.missing} names={answer.names} />
      )}
      {answer !== null && answer.sample.length > 0 && <Sample sample={answer.sample} />}
    </BlockStack>
  );
}

function Sample({ sample }: { sample: RulePreview['sample'] }) {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  return (
    <details className="rule-sample">
      <summary>{t('segments.edit.sample')}</summary>
      <ul className="bare-list">
        {sample.map((customer) => (
          <li key={customer.customerId}>
            <Link url={`/app/customers/${customer.customerId}`} target="_blank">
              {nameOf(customer)}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}

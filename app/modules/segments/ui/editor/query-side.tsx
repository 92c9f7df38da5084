import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CodeField, selectInField, type CodeMark } from '#app/components/code-field.tsx';
import { copyText } from '#app/components/copy-text.ts';
import { CONDITIONS, isConditionCode } from '../../conditions/registry.ts';
import { ATTRIBUTES, isShopifyAttribute } from '../../query/attributes.ts';
import { positionIn, type QueryError } from '../../query/query-error.ts';
import { QUERY_CHARACTERS_MAX, type ReadQuery } from '../../query/read-query.ts';
import { SHOPIFY_CLAUSES_MAX, toShopifyQuery, type ShopifyQuery } from '../../query/to-shopify.ts';
import { useEditor } from './editor-context.ts';

/** The language has no translation. */
const EXAMPLE = "customer_tags CONTAINS 'vip' AND number_of_orders > 3";

interface QuerySideProps {
  text: string;
  read: ReadQuery;
  /** Names of the text are being looked up: what is not known yet may be known then. */
  isLookingUp: boolean;
  /** Conditions that are not complete are not in the text. */
  hasIncomplete: boolean;
  onChange: (text: string) => void;
}

/** The rule as text: typed or pasted, with its errors where they are, and what of it Shopify can't ask. */
export function QuerySide({ text, read, isLookingUp, hasIncomplete, onChange }: QuerySideProps) {
  const { t } = useTranslation();
  const { idPrefix, words } = useEditor();
  const id = `${idPrefix}query`;
  const shopify = read.ok && read.rule !== null ? toShopifyQuery(read.rule, words) : null;
  const isWaiting = !read.ok && isLookingUp && read.error.code === 'unknown_value';
  const error = read.ok || isWaiting ? null : read.error;
  return (
    <BlockStack gap="200">
      <CodeField
        id={id}
        label={t('segment_query.label')}
        help={t('segment_query.help')}
        placeholder={EXAMPLE}
        value={text}
        maxLength={QUERY_CHARACTERS_MAX}
        marks={error === null ? specialMarks(read, shopify) : [{ ...error.span, as: 'wrong' }]}
        isWrong={error !== null}
        onChange={onChange}
        below={
          <BlockStack gap="100">
            {isWaiting && <Text as="p">{t('segment_query.looking_up')}</Text>}
            {error !== null && <ErrorText id={id} text={text} error={error} />}
            {read.ok && <Notes read={read} hasIncomplete={hasIncomplete} />}
            {shopify !== null && <ShopifyNote shopify={shopify} />}
          </BlockStack>
        }
      />
      <InlineStack gap="200">
        <CopyButton label={t('segment_query.copy')} text={text} />
        {shopify?.ok === true && (
          <CopyButton label={t('segment_query.copy_for_shopify')} text={shopify.query} />
        )}
      </InlineStack>
      <AttributeNames />
    </BlockStack>
  );
}

/** The conditions that only Setia can ask. */
function specialMarks(read: ReadQuery, shopify: ShopifyQuery | null): CodeMark[] {
  if (!read.ok || shopify === null || shopify.ok || shopify.reason !== 'conditions') return [];
  return shopify.conditions.flatMap((condition) => {
    const span = read.spans.get(condition);
    return span === undefined ? [] : [{ ...span, as: 'special' as const }];
  });
}

function ErrorText({ id, text, error }: { id: string; text: string; error: QueryError }) {
  const { t } = useTranslation();
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="p" tone="critical">
        {t('segment_query.where', { ...positionIn(text, error.span.start) })}
        {': '}
        {t(`segment_query.error.${error.code}`, { defaultValue: '', ...error.details })}
      </Text>
      <Button variant="plain" onClick={() => selectInField(id, error.span)}>
        {t('segment_query.go')}
      </Button>
    </InlineStack>
  );
}

interface NotesProps {
  read: Extract<ReadQuery, { ok: true }>;
  hasIncomplete: boolean;
}

function Notes({ read, hasIncomplete }: NotesProps) {
  const { t } = useTranslation();
  const notes = [...new Set(read.notes.map((note) => t(`segment_query.note.${note.code}`, { ...note })))];
  if (hasIncomplete) notes.push(t('segment_query.incomplete'));
  return (
    <>
      {notes.map((note) => (
        <Text key={note} as="p" tone="caution">
          {note}
        </Text>
      ))}
    </>
  );
}

function ShopifyNote({ shopify }: { shopify: ShopifyQuery }) {
  const { t } = useTranslation();
  const said = (): string => {
    if (shopify.ok) return t('segment_query.shopify.works');
    if (shopify.reason === 'clauses')
      return t('segment_query.shopify.clauses', { clauses: shopify.count, limit: SHOPIFY_CLAUSES_MAX });
    const names = [...new Set(shopify.conditions.map(({ code }) => ATTRIBUTES[code]))];
    return t('segment_query.shopify.conditions', { count: names.length, list: names.join(', ') });
  };
  return (
    <Text as="p" tone="subdued">
      {said()}
    </Text>
  );
}

function CopyButton({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation();
  const { toast } = useAppBridge();
  const copy = async () => {
    const isCopied = await copyText(text);
    toast.show(t(isCopied ? 'segment_query.copied' : 'segment_query.copy_failed'), { isError: !isCopied });
  };
  return (
    <Button disabled={text === ''} onClick={() => void copy()}>
      {label}
    </Button>
  );
}

const CODES = Object.keys(CONDITIONS).filter(isConditionCode);

/** What conditions are called in texts, those of Shopify first. */
function AttributeNames() {
  const { t } = useTranslation();
  const groups = [
    { title: t('segment_query.names_shopify'), codes: CODES.filter((code) => isShopifyAttribute(code)) },
    { title: t('segment_query.names_own'), codes: CODES.filter((code) => !isShopifyAttribute(code)) },
  ];
  return (
    <details className="query-names">
      <summary>{t('segment_query.names')}</summary>
      {groups.map(({ title, codes }) => (
        <div key={title}>
          <Text as="h3" variant="headingSm">
            {title}
          </Text>
          <dl>
            {codes.map((code) => (
              <div key={code} className="query-name">
                <dt>{ATTRIBUTES[code]}</dt>
                <dd>{t(`segments.condition.${code}`)}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </details>
  );
}

import { BlockStack, InlineError, InlineStack, Tag } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MultiChoice } from '#app/components/multi-choice.tsx';
import { ProductPicker } from '#app/modules/products/ui/product-picker.tsx';
import { CollectionPicker } from '#app/modules/products/ui/collection-picker.tsx';
import { TEXT_CHARACTERS_MAX, VALUES_MAX } from '../../conditions/kinds/limits.ts';
import { CONDITIONS } from '../../conditions/registry.ts';
import type { ChoicesAnswer } from '../../answers.ts';
import type { DraftCondition } from '../../editor/rule-draft.ts';
import { choiceName, nameOf } from '../../sentence/names.ts';
import { useEditor } from './editor-context.ts';
import { useChoices } from './use-choices.ts';

interface ListFieldProps {
  condition: DraftCondition;
  isWrong: boolean;
}

/** Several values of a condition: chosen from what the shop has, or typed where there is no list. */
export function ListField({ condition, isWrong }: ListFieldProps) {
  const { words } = useEditor();
  const { code } = condition;
  const { kind } = CONDITIONS[code];
  const choices = kind.name === 'choice' || kind.name === 'set' ? kind.choices : null;
  return (
    <ChosenList
      condition={condition}
      isWrong={isWrong}
      source={choices === null || choices.from === 'list' || choices.from === 'text' ? null : choices.from}
      listed={
        choices?.from === 'list'
          ? choices.list.map((value) => ({ value, label: choiceName(code, value, words) }))
          : null
      }
      labelOf={(value) => choiceName(code, value, words)}
      clean={code === 'discount_code' ? (typed) => typed.toLocaleUpperCase() : undefined}
    />
  );
}

/** The products of a condition: picked, or their types, vendors or tags typed. */
export function GoodsField({ condition, isWrong }: ListFieldProps) {
  const { t } = useTranslation();
  const { words, change, learn } = useEditor();
  const { id, fields } = condition;
  const { by, list } = fields;
  const label = (value: string) => nameOf(by, value, words);
  const add = (picked: { value: string; name: string }[]) => {
    for (const { value, name } of picked) learn(by, value, name);
    const all = [...new Set([...list, ...picked.map(({ value }) => value)])].slice(0, VALUES_MAX);
    change({ type: 'set', id, fields: { list: all } });
  };
  if (by === 'type' || by === 'vendor' || by === 'tag')
    return <ChosenList condition={condition} isWrong={isWrong} source={null} listed={null} labelOf={label} />;
  return (
    <BlockStack gap="200">
      <Tags condition={condition} labelOf={label} />
      <div>
        {by === 'collection' ? (
          <CollectionPicker
            label={t('segments.list.pick_collections')}
            onPick={(all) =>
              add(all.map(({ collectionId, title }) => ({ value: collectionId, name: title })))
            }
          />
        ) : (
          <ProductPicker
            label={t('segments.list.pick_products')}
            allowVariants={by === 'variant'}
            onPick={(all) =>
              add(
                all.flatMap(({ productId, variantId, title }) => {
                  if (by === 'product') return [{ value: productId, name: title }];
                  return variantId === null ? [] : [{ value: `${productId}/${variantId}`, name: title }];
                }),
              )
            }
          />
        )}
      </div>
      {isWrong && <InlineError fieldID="" message={t('segments.wrong.list')} />}
    </BlockStack>
  );
}

type Choice = ChoicesAnswer['choices'][number];

/** What can be chosen now: what was typed, a fixed list narrowed by it, or what the server found. */
function useListed(
  { source, listed, labelOf, clean }: Pick<ChosenListProps, 'source' | 'listed' | 'labelOf' | 'clean'>,
  wanted: string,
  found: readonly Choice[],
): Choice[] {
  const { t } = useTranslation();
  if (listed !== null)
    return listed.filter(({ label }) => label.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()));
  if (source !== null)
    return found.map(({ value, label }) => ({ value, label: label === value ? labelOf(value) : label }));
  return wanted === ''
    ? []
    : [{ value: clean?.(wanted) ?? wanted, label: t('segments.list.add', { text: wanted }) }];
}

interface ChosenListProps extends ListFieldProps {
  /** Where the server looks for values; null for a fixed list, or for typed ones. */
  source: string | null;
  listed: { value: string; label: string }[] | null;
  labelOf: (value: string) => string;
  clean?: ((typed: string) => string) | undefined;
}

function ChosenList({ condition, isWrong, source, listed, labelOf, clean }: ChosenListProps) {
  const { t } = useTranslation();
  const { change, learn } = useEditor();
  const [typed, setTyped] = useState('');
  const { id, fields } = condition;
  const { list } = fields;
  const found = useChoices(source, typed);
  const wanted = typed.trim();
  const own = clean?.(wanted) ?? wanted;
  const isTyped = source === null && listed === null;
  const options = useListed({ source, listed, labelOf, clean }, wanted, found.choices);
  const toggle = (value: string) => {
    const label = found.choices.find((choice) => choice.value === value)?.label;
    if (source !== null && label !== undefined) learn(source, value, label);
    const next = list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
    change({ type: 'set', id, fields: { list: next.slice(0, VALUES_MAX) } });
    setTyped('');
  };
  return (
    <BlockStack gap="200">
      <MultiChoice
        label={t('segments.field.list')}
        placeholder={isTyped ? t('segments.list.type') : t('segments.list.find')}
        typed={typed}
        maxLength={TEXT_CHARACTERS_MAX}
        onType={setTyped}
        // What was typed and left is meant.
        onLeave={() => isTyped && wanted !== '' && !list.includes(own) && toggle(own)}
        error={isWrong && t('segments.wrong.list')}
        options={options}
        chosen={list}
        onToggle={toggle}
        isTyped={isTyped}
        loading={source !== null && found.state === 'loading' ? t('customer_list.loading') : null}
        nothing={found.state === 'failed' ? t('segments.list.failed') : t('segments.list.none')}
      />
      <Tags condition={condition} labelOf={labelOf} />
    </BlockStack>
  );
}

function Tags({ condition, labelOf }: { condition: DraftCondition; labelOf: (value: string) => string }) {
  const { change } = useEditor();
  const { id, fields } = condition;
  if (fields.list.length === 0) return null;
  return (
    <InlineStack gap="100">
      {fields.list.map((value) => (
        <Tag
          key={value}
          onRemove={() =>
            change({ type: 'set', id, fields: { list: fields.list.filter((one) => one !== value) } })
          }
        >
          {labelOf(value)}
        </Tag>
      ))}
    </InlineStack>
  );
}

import { InlineGrid } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Select } from '#app/components/fields.tsx';
import { useComingSearch, useSearchChange } from '#app/components/use-search-change.ts';
import type { CompareView } from '../../compare/compare-segments.server.ts';
import { sideText, type Side } from '../../compare/sides.ts';

/** The two that are compared; choosing one compares at once. */
export function CompareForm({ choices, a, b }: Pick<CompareView, 'choices' | 'a' | 'b'>) {
  const { t } = useTranslation();
  const { search: coming } = useComingSearch();
  const change = useSearchChange();
  const chosen = { a: coming.get('a') ?? textOf(a), b: coming.get('b') ?? textOf(b) };
  const groupOf = (kind: Side['kind'], title: string) => {
    const options = choices
      .filter((choice) => choice.kind === kind)
      .map(({ value, name }) => ({ value, label: name }));
    return options.length === 0 ? [] : [{ title, options }];
  };
  const options = [
    ...groupOf('segment', t('compare.segments')),
    ...groupOf('snapshot', t('compare.snapshots')),
  ];
  return (
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
      {(['a', 'b'] as const).map((side) => (
        <Select
          key={side}
          label={t(`compare.${side}`)}
          placeholder={t('compare.choose')}
          options={options}
          value={chosen[side]}
          onChange={(value) => change({ [side]: value }, { preventScrollReset: true })}
        />
      ))}
    </InlineGrid>
  );
}

const textOf = (side: Side | null) => (side === null ? '' : sideText(side));

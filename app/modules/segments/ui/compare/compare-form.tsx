import { InlineGrid } from '@shopify/polaris';
import { useNavigate, useNavigation } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { Select } from '#app/components/fields.tsx';
import type { CompareView } from '../../compare/compare-segments.server.ts';
import { sideText, type Side } from '../../compare/sides.ts';

/** The two that are compared; choosing one compares at once. */
export function CompareForm({ choices, a, b }: Pick<CompareView, 'choices' | 'a' | 'b'>) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // What was just chosen counts before its comparison has arrived: the other may be chosen meanwhile.
  const coming = new URLSearchParams(useNavigation().location?.search);
  const chosen = { a: coming.get('a') ?? textOf(a), b: coming.get('b') ?? textOf(b) };
  const choose = (change: Partial<typeof chosen>) => {
    const sides = Object.entries({ ...chosen, ...change }).filter(([, text]) => text !== '');
    // An address that can be read: colons need no code there.
    navigate(`?${sides.map(([name, text]) => `${name}=${text}`).join('&')}`, { preventScrollReset: true });
  };
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
          onChange={(value) => choose({ [side]: value })}
        />
      ))}
    </InlineGrid>
  );
}

const textOf = (side: Side | null) => (side === null ? '' : sideText(side));

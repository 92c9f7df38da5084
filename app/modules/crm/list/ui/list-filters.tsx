import { useFetcher } from '@remix-run/react';
import { BlockStack, Filters, Spinner, Text, type FilterInterface } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceList, TextField } from '#app/components/fields.tsx';
import { GIFT_DATES } from '#app/modules/customers/gift-dates.ts';
import type { CityChoice } from '#app/modules/segments/city-choices.queries.server.ts';
import { EVERYBODY, type CustomerFilter } from '#app/modules/segments/customer-filter.ts';
import type { CategoryChoice } from '../customer-list.server.ts';
import { useListChange } from './use-list-change.ts';

/** More don't help to find one: typing narrows them. */
const CITIES_SHOWN_MAX = 50;

interface ListFiltersProps {
  filter: CustomerFilter;
  categories: readonly CategoryChoice[];
  cityName: string | null;
  /** Of the segment that the list is compared with. */
  comparedName: string | null;
}

/** Category, city, missing dates and who left, each with its tag while it narrows the list. */
export function ListFilters({ filter, categories, cityName, comparedName }: ListFiltersProps) {
  const { filter: chosen, set } = useListChange(filter.segmentId);
  const filters = useFilterFields({ filter: chosen, categories, comparedName, set });
  return (
    <Filters
      hideQueryField
      queryPlaceholder=""
      onQueryChange={() => undefined}
      onQueryClear={() => undefined}
      filters={filters}
      appliedFilters={useApplied({ filter, categories, cityName, comparedName, set })}
      onClearAll={() => set(({ query, tab, segmentId }) => ({ ...EVERYBODY, query, tab, segmentId }))}
    />
  );
}

interface FieldsProps {
  filter: CustomerFilter;
  categories: readonly CategoryChoice[];
  set: (change: Partial<CustomerFilter>) => void;
}

function useFilterFields({
  filter,
  categories,
  comparedName,
  set,
}: FieldsProps & Pick<ListFiltersProps, 'comparedName'>): FilterInterface[] {
  const { t } = useTranslation();
  const choice = (
    title: string,
    choices: { label: string; value: string }[],
    selected: string | null,
    onChoose: (value: string | undefined) => void,
  ) => (
    <ChoiceList
      title={title}
      titleHidden
      choices={choices}
      selected={selected === null ? [] : [selected]}
      onChange={([value]) => onChoose(value)}
    />
  );
  const category = choice(
    t('customer_list.filter.category'),
    categories.map(({ categoryId, name }) => ({ label: name, value: String(categoryId) })),
    filter.categoryId === null ? null : String(filter.categoryId),
    (value) =>
      set({
        categoryId: categories.find(({ categoryId }) => String(categoryId) === value)?.categoryId ?? null,
      }),
  );
  const missing = choice(
    t('customer_list.filter.missing'),
    GIFT_DATES.map((date) => ({ label: t(`customers.missing.${date}`), value: date })),
    filter.missing,
    (value) => set({ missing: GIFT_DATES.find((date) => date === value) ?? null }),
  );
  const left = choice(
    t('customer_list.filter.left'),
    [{ label: t('customer_list.filter.left_only'), value: '1' }],
    filter.hasLeft ? '1' : null,
    (value) => set({ hasLeft: value === '1' }),
  );
  const { compared } = filter;
  const name = comparedName ?? '?';
  const comparison =
    compared &&
    choice(
      t('customer_list.filter.compared'),
      [
        { label: t('customer_list.filter.also_in', { name }), value: 'in' },
        { label: t('customer_list.filter.not_in', { name }), value: 'out' },
      ],
      compared.isIn ? 'in' : 'out',
      (value) => set({ compared: { ...compared, isIn: value === 'in' } }),
    );
  const city = <CityFilter chosen={filter.cityKey} onChoose={(cityKey) => set({ cityKey })} />;
  return [
    { key: 'category', label: t('customer_list.filter.category'), filter: category, pinned: true },
    { key: 'city', label: t('customer_list.filter.city'), filter: city, pinned: true },
    { key: 'missing', label: t('customer_list.filter.missing'), filter: missing },
    { key: 'left', label: t('customer_list.filter.left'), filter: left },
    // Only while it narrows: it begins on the screen that compares.
    ...(comparison
      ? [{ key: 'compared', label: t('customer_list.filter.compared'), filter: comparison }]
      : []),
  ];
}

type Names = Pick<ListFiltersProps, 'cityName' | 'comparedName'>;

function useApplied({ filter, categories, cityName, comparedName, set }: FieldsProps & Names) {
  const { t } = useTranslation();
  const category = categories.find(({ categoryId }) => categoryId === filter.categoryId);
  const tag = (key: string, label: string, change: Partial<CustomerFilter>) => ({
    key,
    label,
    onRemove: () => set(change),
  });
  return [
    ...(filter.categoryId === null
      ? []
      : [
          tag('category', t('customer_list.filter.category_is', { name: category?.name ?? '?' }), {
            categoryId: null,
          }),
        ]),
    ...(filter.cityKey === null
      ? []
      : [
          tag('city', t('customer_list.filter.city_is', { name: cityName ?? filter.cityKey }), {
            cityKey: null,
          }),
        ]),
    ...(filter.missing === null
      ? []
      : [tag('missing', t(`customers.missing.${filter.missing}`), { missing: null })]),
    ...(filter.compared === null
      ? []
      : [
          tag(
            'compared',
            t(`customer_list.filter.${filter.compared.isIn ? 'also_in' : 'not_in'}`, {
              name: comparedName ?? '?',
            }),
            { compared: null },
          ),
        ]),
    ...(filter.hasLeft ? [tag('left', t('customer_list.filter.left_only'), { hasLeft: false })] : []),
  ];
}

interface CityFilterProps {
  chosen: string | null;
  onChoose: (cityKey: string | null) => void;
}

/** The cities in which customers live, narrowed by typing. They are asked for when the filter is opened. */
function CityFilter({ chosen, onChoose }: CityFilterProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { load, data } = useFetcher<{ cities: CityChoice[] }>({ key: 'customer-cities' });
  useEffect(() => load('/app/customers/cities'), [load]);
  if (!data) return <Spinner size="small" accessibilityLabel={t('customer_list.loading')} />;
  const typed = text.trim().toLocaleLowerCase();
  const found = data.cities.filter(({ name }) => name.toLocaleLowerCase().includes(typed));
  const shown = found.slice(0, CITIES_SHOWN_MAX);
  if (data.cities.length === 0) return <Text as="p">{t('customer_list.filter.no_cities')}</Text>;
  return (
    <BlockStack gap="200">
      <TextField
        label={t('customer_list.filter.find_city')}
        labelHidden
        placeholder={t('customer_list.filter.find_city')}
        value={text}
        onChange={setText}
      />
      {shown.length === 0 && <Text as="p">{t('customer_list.filter.no_city', { text: text.trim() })}</Text>}
      <ChoiceList
        title={t('customer_list.filter.city')}
        titleHidden
        choices={shown.map(({ cityKey, name }) => ({ label: name, value: cityKey }))}
        selected={chosen === null ? [] : [chosen]}
        onChange={([cityKey]) => onChoose(cityKey ?? null)}
      />
      {found.length > shown.length && (
        <Text as="p" tone="subdued">
          {t('customer_list.filter.more_cities', { count: found.length - shown.length })}
        </Text>
      )}
    </BlockStack>
  );
}

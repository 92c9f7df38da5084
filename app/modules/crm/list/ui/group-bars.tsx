import { BlockStack, Box, Link, Spinner, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '#app/components/fields.tsx';
import { readJson } from '#app/components/read-json.ts';
import { useShop } from '#app/components/shop-context.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { GroupsAnswer } from '#app/modules/segments/answers.ts';
import {
  filterParams,
  listAddress,
  type CustomerFilter,
  type CustomerSort,
} from '#app/modules/segments/customer-filter.ts';
import { GROUPINGS, type Grouping } from '#app/modules/segments/groupings.ts';
import { choiceName, type RuleNames } from '#app/modules/segments/sentence/names.ts';
import { allOf, partsOf } from '#app/modules/segments/tree/tree.ts';

interface GroupingSelectProps {
  grouping: Grouping | null;
  onChoose: (grouping: Grouping | null) => void;
}

/** By what the list is split. */
export function GroupingSelect({ grouping, onChoose }: GroupingSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('segments.groups.label')}
      labelInline
      options={[
        { value: '', label: t('segments.groups.none') },
        ...GROUPINGS.map((by) => ({ value: by, label: t(`segments.grouping.${by}`) })),
      ]}
      value={grouping ?? ''}
      onChange={(chosen) => onChoose(GROUPINGS.find((by) => by === chosen) ?? null)}
    />
  );
}

interface GroupBarsProps {
  by: Grouping;
  filter: CustomerFilter;
  sort: CustomerSort;
}

/** The customers of the list in groups: a bar for each, which leads to the list of that group. */
export function GroupBars({ by, filter, sort }: GroupBarsProps) {
  const { t } = useTranslation();
  const answer = useGroups(by, filterParams(filter).toString());
  if (answer === null) return <Spinner size="small" accessibilityLabel={t('customer_list.loading')} />;
  if (!answer.ok)
    return (
      <Text as="p" tone="critical">
        {t('segments.groups.failed')}
      </Text>
    );
  const largest = Math.max(1, ...answer.groups.map(({ count }) => count));
  return (
    <Box as="section" padding="300" borderWidth="025" borderColor="border-secondary" borderRadius="200">
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          {t('segments.groups.title', { by: t(`segments.grouping.${by}`).toLocaleLowerCase() })}
        </Text>
        <ul className="bare-list rule-parts">
          {answer.groups.map((group) => (
            <li key={group.key ?? ''}>
              <GroupBar
                by={by}
                group={group}
                names={answer.names}
                share={group.count / largest}
                address={listAddress(
                  { ...filter, rule: allOf([...partsOf(filter.rule), group.condition]) },
                  sort,
                )}
              />
            </li>
          ))}
        </ul>
      </BlockStack>
    </Box>
  );
}

/** Null while they are read. */
function useGroups(by: Grouping, search: string): GroupsAnswer | { ok: false } | null {
  const [answer, setAnswer] = useState<GroupsAnswer | { ok: false } | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const read = async () => {
      const params = new URLSearchParams(search);
      params.set('by', by);
      const groups = await readJson<GroupsAnswer>(
        `/app/customers/groups?${params.toString()}`,
        controller.signal,
      );
      if (!controller.signal.aborted) setAnswer(groups);
    };
    setAnswer(null);
    void read();
    return () => controller.abort();
  }, [by, search]);
  return answer;
}

interface GroupBarProps {
  by: Grouping;
  group: GroupsAnswer['groups'][number];
  names: RuleNames;
  /** Of the largest group, from 0 to 1. */
  share: number;
  address: string;
}

function GroupBar({ by, group, names, share, address }: GroupBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useGroupLabel(by, names);
  const { count, spendMinor } = group;
  return (
    <BlockStack gap="050">
      <Link url={address} removeUnderline>
        {label(group)}
      </Link>
      <span className="group-bar" style={{ inlineSize: `${Math.round(share * 100)}%` }} aria-hidden />
      <Text as="p" variant="bodySm" tone="subdued">
        {t('segments.groups.line', {
          customers: t('customer_list.count', { count, amount: format.number(count) }),
          spend: format.money(BigInt(spendMinor)),
        })}
      </Text>
    </BlockStack>
  );
}

function useGroupLabel(by: Grouping, names: RuleNames) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { currency } = useShop();
  return ({ key, condition: { values } }: GroupsAnswer['groups'][number]): string => {
    if (key === null) {
      if (by === 'tier') return t('segments.groups.no_tier');
      return by === 'lifecycle' || by === 'rfm_group'
        ? t('segments.groups.no_lifecycle')
        : t('segments.groups.unknown');
    }
    if (by !== 'age') return choiceName(by, key, { t, locale: i18n.language, currency, names });
    const years = { from: format.number(Number(key)) };
    return 'to' in values && values.to !== null
      ? t('segments.groups.years', { ...years, to: values.to })
      : t('segments.groups.years_from', years);
  };
}

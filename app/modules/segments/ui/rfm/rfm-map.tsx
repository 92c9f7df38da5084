import { BlockStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { RfmGroupFigures } from '../../rfm/rfm-screen.server.ts';
import { ruleAddress } from '../../rule-address.ts';
import { RFM_GRID, SCORE_MAX, WORTH_FROM, type RfmGroup } from '../../rules/rfm.ts';

const TONES: Record<RfmGroup, 'best' | 'good' | 'new' | 'watch' | 'lost' | 'quiet'> = {
  champions: 'best',
  loyal: 'good',
  active: 'good',
  new: 'new',
  promising: 'new',
  needs_attention: 'watch',
  previously_loyal: 'lost',
  at_risk: 'lost',
  almost_lost: 'watch',
  dormant: 'quiet',
  prospects: 'quiet',
};

const columnOf = (worth: number) => 1 + WORTH_FROM.filter((from) => from <= worth).length;

/** Where a group is on the map; the most recent customers are at the top. Prospects have no scores. */
function placeOf(group: RfmGroup): { gridRow: string; gridColumn: string } {
  const cell = RFM_GRID.find((one) => one.group === group);
  if (cell === undefined) return { gridRow: `${SCORE_MAX + 1}`, gridColumn: '1 / -1' };
  const { recency, worth } = cell;
  return {
    gridRow: `${SCORE_MAX + 1 - recency[1]} / ${SCORE_MAX + 2 - recency[0]}`,
    gridColumn: `${columnOf(worth[0]) - 1} / ${columnOf(worth[1])}`,
  };
}

/** The groups by how recently their customers ordered, and by how much they are worth: each opens as a list. */
export function RfmMap({ groups }: { groups: readonly RfmGroupFigures[] }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="200">
      <div className="rfm-axes">
        <Text as="p" variant="bodySm" tone="subdued">
          {t('rfm.axes')}
        </Text>
      </div>
      <ul className="bare-list rfm-map">
        {groups.map((figures) => (
          <RfmTile key={figures.group} figures={figures} />
        ))}
      </ul>
    </BlockStack>
  );
}

function RfmTile({ figures: { group, customers, spendMinor } }: { figures: RfmGroupFigures }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = t(`rfm.group.${group}`);
  return (
    <li className={`rfm-tile rfm-${TONES[group]}`} style={placeOf(group)}>
      <BlockStack gap="050">
        <Link url={groupAddress(group, name)} monochrome removeUnderline>
          <Text as="span" fontWeight="semibold">
            {name}
          </Text>
        </Link>
        <Text as="span" variant="bodySm">
          {t('customer_list.count', { count: customers, amount: format.number(customers) })}
        </Text>
        {group !== 'prospects' && (
          <Text as="span" variant="bodySm">
            {format.money(spendMinor)}
          </Text>
        )}
      </BlockStack>
    </li>
  );
}

/** The list of a group's customers; saving it as a segment proposes the group's name. */
export function groupAddress(group: RfmGroup, name: string): string {
  return ruleAddress({ kind: 'condition', code: 'rfm_group', values: { op: 'anyOf', list: [group] } }, name);
}

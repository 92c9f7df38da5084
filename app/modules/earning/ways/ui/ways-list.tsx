import { Badge, Card, Tabs, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import type { Unit } from '#app/lib/units.ts';
import { useOfferLabels } from '../../offers/ui/offer-labels.tsx';
import { PhaseBadge, useProgramLabels } from '../../programs/ui/program-labels.tsx';
import type { EarningExplained } from '../../rules/entitlement.ts';
import type { WaysView } from '../read-ways.server.ts';
import { WAY_STATES, type Way, type WayState } from '../ways.ts';

interface WaysListProps {
  view: WaysView;
  state: WayState | null;
  /** What the order above earns; null while its amount is none. */
  earning: EarningExplained | null;
}

/** Programs, offers and gifts in one list, or those of one state. */
export function WaysList({ view, state, earning }: WaysListProps) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const format = useFormat();
  const countOf = (each: WayState) => view.ways.filter((way) => way.state === each).length;
  const states = WAY_STATES.filter((each) => countOf(each) > 0 || each === state);
  const shown = view.ways.filter((way) => state === null || way.state === state);
  return (
    <Card padding="0">
      <Tabs
        tabs={[
          { id: 'all', content: t('ways.all'), panelID: 'ways-panel' },
          ...states.map((each) => ({
            id: each,
            content: each === 'off' ? t('ways.off') : t(`programs.phase.${each}`),
            panelID: 'ways-panel',
            badge: format.number(countOf(each)),
          })),
        ]}
        selected={state === null ? 0 : states.indexOf(state) + 1}
        onSelect={(index) => change({ state: states[index - 1] ?? null })}
      />
      <div id="ways-panel">
        {shown.length === 0 ? (
          <EmptyNote title={t('ways.none_title')} text={t('ways.none_text')} />
        ) : (
          <Table
            count={shown.length}
            one={t('ways.one')}
            many={t('ways.many')}
            headings={[
              { title: t('ways.way') },
              { title: t('ways.rule') },
              { title: t('programs.for') },
              { title: t('ways.order_gives'), alignment: 'end' },
              { title: t('programs.status') },
            ]}
          >
            {shown.map((way, index) => (
              <WayRow key={way.key} way={way} position={index} view={view} earning={earning} />
            ))}
          </Table>
        )}
      </div>
    </Card>
  );
}

interface WayRowProps {
  way: Way;
  position: number;
  view: WaysView;
  earning: EarningExplained | null;
}

function WayRow({ way, position, view, earning }: WayRowProps) {
  const { t } = useTranslation();
  const { name, kind, rule, who } = useWayWords(view)(way);
  return (
    <TableRow id={way.key} position={position}>
      <TwoLineCell url={way.address} title={name} details={[kind]} />
      <TableCell>
        <div className="wrapping">{rule}</div>
      </TableCell>
      <TableCell>
        <div className="wrapping">{who}</div>
      </TableCell>
      <TableCell>
        <Given way={way} earning={earning} />
      </TableCell>
      <TableCell>
        {way.state === 'off' ? <Badge>{t('ways.off')}</Badge> : <PhaseBadge phase={way.state} />}
      </TableCell>
    </TableRow>
  );
}

/** What the order earns by one way; gifts don't look at orders. */
function Given({ way, earning }: Pick<WayRowProps, 'way' | 'earning'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const given = earning && givenBy(way, earning);
  const text =
    way.kind === 'gift'
      ? t('ways.once_a_year')
      : given
        ? format.units(given.amount, given.unit)
        : way.state === 'active' && isByProduct(way)
          ? t('ways.by_product')
          : '–';
  return (
    <Text as="p" alignment="end" numeric {...(given ? {} : { tone: 'subdued' })}>
      {text}
    </Text>
  );
}

const isByProduct = (way: Way): boolean => way.kind === 'program' && way.program.rule.kind !== 'spend';

/** Found by the name of the rule, which never changes. */
function givenBy(way: Way, { outcomes, offers }: EarningExplained): { amount: bigint; unit: Unit } | null {
  const given = [
    ...outcomes.flatMap(({ entitlements }) => entitlements),
    ...offers.flatMap(({ entitlement }) => entitlement ?? []),
  ].filter(({ rule }) => rule === way.key);
  const [first] = given;
  return first ? { unit: first.unit, amount: given.reduce((sum, { amount }) => sum + amount, 0n) } : null;
}

interface WayWords {
  name: string;
  kind: string;
  rule: string;
  who: string;
}

function useWayWords({ choices }: WaysView): (way: Way) => WayWords {
  const { t } = useTranslation();
  const format = useFormat();
  const programs = useProgramLabels();
  const offers = useOfferLabels();
  return (way) => {
    switch (way.kind) {
      case 'program': {
        const { program } = way;
        const who = programs.who(program, choices);
        return {
          name: program.name,
          kind: t(`programs.kind.${program.rule.kind}`),
          rule: programs.gives(program),
          who: who.length === 0 ? t('programs.who.everybody') : format.list(who),
        };
      }
      case 'offer':
        return {
          name: way.offer.name,
          kind: t('ways.offer_of', { group: way.offer.groupName }),
          rule: `${offers.above(way.offer)}: ${offers.gives(way.offer)}`,
          who: t('programs.who.everybody'),
        };
      case 'gift': {
        const { amountMode, amount, percentBp, unit } = way.gift;
        return {
          name: t(`gifts.kind.${way.occasion}`),
          kind: t('ways.gift'),
          rule:
            amountMode === 'fixed'
              ? format.units(amount, unit)
              : t('gifts.percent_of', { percent: format.percent(percentBp) }),
          who: t(`ways.with_date.${way.occasion}`),
        };
      }
    }
  };
}

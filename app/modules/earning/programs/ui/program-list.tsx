import { Card, Tabs } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useSearchChange } from '#app/components/use-search-change.ts';
import type { ProgramListView } from '../program-screen.server.ts';
import type { Program } from '../programs.queries.server.ts';
import { phaseOf } from '../../rules/program-phase.ts';
import { PhaseBadge, useProgramLabels } from './program-labels.tsx';

const ADDRESSES = ['/app/loyalty/programs', '/app/loyalty/programs?status=ended'] as const;

export function ProgramList({ view }: { view: ProgramListView }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const { programs, isEnded } = view;
  const address = ADDRESSES[isEnded ? 1 : 0];
  return (
    <Card padding="0">
      <Tabs
        tabs={[
          { id: 'open', content: t('programs.open'), panelID: 'programs' },
          { id: 'ended', content: t('programs.ended'), panelID: 'programs' },
        ]}
        selected={isEnded ? 1 : 0}
        onSelect={(index) => change({ status: index === 1 ? 'ended' : null })}
      />
      <div id="programs">
        {programs.length === 0 ? (
          <EmptyNote
            title={isEnded ? t('programs.none_ended_title') : t('programs.empty_title')}
            text={isEnded ? t('programs.none_ended_text') : t('programs.empty_text')}
          />
        ) : (
          <Table
            count={programs.length}
            one={t('programs.one')}
            many={t('programs.many')}
            headings={[
              { title: t('programs.name') },
              { title: t('programs.earns') },
              { title: t('programs.for') },
              { title: t('programs.when.title') },
              { title: t('programs.status') },
            ]}
            pages={newestAndOlder(address, view)}
          >
            {programs.map((program, index) => (
              <ProgramRow key={String(program.programId)} program={program} position={index} view={view} />
            ))}
          </Table>
        )}
      </div>
    </Card>
  );
}

function ProgramRow({
  program,
  position,
  view,
}: {
  program: Program;
  position: number;
  view: ProgramListView;
}) {
  const { t } = useTranslation();
  const words = useProgramLabels();
  const who = words.who(program, view.choices);
  return (
    <TableRow id={String(program.programId)} position={position}>
      <TwoLineCell
        url={`/app/loyalty/programs/${program.programId}`}
        title={program.name}
        details={[t(`programs.kind.${program.rule.kind}`)]}
      />
      <TwoLineCell
        title={program.unit === 'CREDIT' ? t('units.credit') : t('units.points_title')}
        details={[words.gives(program)]}
      />
      <TableCell>
        <div className="wrapping">
          {who.length === 0 ? t('programs.who.everybody') : who.map((text) => <div key={text}>{text}</div>)}
        </div>
      </TableCell>
      <TableCell>
        <div className="wrapping">{words.when(program)}</div>
      </TableCell>
      <TableCell>
        <PhaseBadge phase={phaseOf(program, view.now)} />
      </TableCell>
    </TableRow>
  );
}

import { useNavigate, useNavigation } from '@remix-run/react';
import { Card, IndexTable, Link, Tabs, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import type { ProgramListView } from '../program-screen.server.ts';
import type { Program } from '../programs.server.ts';
import { phaseOf } from '../rules/program-phase.ts';
import { PhaseBadge, useProgramWords } from './program-words.tsx';

const ADDRESSES = ['/app/programs', '/app/programs?status=ended'] as const;

export function ProgramList({ view }: { view: ProgramListView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isLoading = useNavigation().state === 'loading';
  const { programs, isEnded, isFirstPage, olderThan } = view;
  const address = ADDRESSES[isEnded ? 1 : 0];
  return (
    <Card padding="0">
      <Tabs
        tabs={[
          { id: 'open', content: t('programs.open'), panelID: 'programs' },
          { id: 'ended', content: t('programs.ended'), panelID: 'programs' },
        ]}
        selected={isEnded ? 1 : 0}
        onSelect={(index) => navigate(ADDRESSES[index] ?? ADDRESSES[0])}
      />
      <div id="programs">
        {programs.length === 0 ? (
          <EmptyNote
            title={isEnded ? t('programs.none_ended_title') : t('programs.empty_title')}
            text={isEnded ? t('programs.none_ended_text') : t('programs.empty_text')}
          />
        ) : (
          <IndexTable
            selectable={false}
            loading={isLoading}
            itemCount={programs.length}
            resourceName={{ singular: t('programs.one'), plural: t('programs.many') }}
            headings={[
              { title: t('programs.name') },
              { title: t('programs.earns') },
              { title: t('programs.for') },
              { title: t('programs.when.title') },
              { title: t('programs.status') },
            ]}
            pagination={{
              hasPrevious: !isFirstPage,
              onPrevious: () => navigate(address),
              hasNext: olderThan !== null,
              onNext: () => navigate(`${address}${isEnded ? '&' : '?'}before=${olderThan}`),
            }}
          >
            {programs.map((program, index) => (
              <ProgramRow key={String(program.programId)} program={program} position={index} view={view} />
            ))}
          </IndexTable>
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
  const words = useProgramWords();
  const who = words.who(program, view.choices);
  return (
    <IndexTable.Row id={String(program.programId)} position={position}>
      <IndexTable.Cell>
        <div className="wrapping">
          <Link url={`/app/programs/${program.programId}`} dataPrimaryLink removeUnderline monochrome>
            <Text as="span" fontWeight="semibold">
              {program.name}
            </Text>
          </Link>
          <Text as="p" variant="bodySm" tone="subdued">
            {t(`programs.kind.${program.rule.kind}`)}
          </Text>
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div className="wrapping">
          {program.unit === 'CREDIT' ? t('units.credit') : t('units.points_title')}
          <Text as="p" variant="bodySm" tone="subdued">
            {words.gives(program)}
          </Text>
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div className="wrapping">
          {who.length === 0 ? t('programs.who.everybody') : who.map((text) => <div key={text}>{text}</div>)}
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div className="wrapping">{words.when(program)}</div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <PhaseBadge phase={phaseOf(program, view.now)} />
      </IndexTable.Cell>
    </IndexTable.Row>
  );
}

import { useProgress } from '#app/components/use-progress.ts';
import type { ImportView } from '../screen/import-screen.server.ts';
import { WORKING_STATES } from '../rules/import-states.ts';
import { ChoicesCard } from './choices-card.tsx';
import { ColumnsCard } from './columns-card.tsx';
import { RowsCard } from './rows-card.tsx';
import { StateCard } from './state-card.tsx';

const LOOK_AGAIN_MS = 1_500;
const OPEN = ['reading', 'checking', 'checked'] as const;

/** One import: its state, its columns and choices while they can be changed, and its rows. */
export function ImportScreen({ view }: { view: ImportView }) {
  const { detail } = view;
  const { state, proposal, mapping, choices } = detail;
  const isOpen = OPEN.some((open) => open === state);
  useProgress(WORKING_STATES.includes(state), LOOK_AGAIN_MS);
  return (
    <div className="stack">
      <StateCard view={view} />
      {isOpen && proposal !== null && <ColumnsCard proposal={proposal} mapping={mapping} isOpen={isOpen} />}
      {isOpen && proposal !== null && (
        <ChoicesCard choices={choices} fields={new Set(Object.values(mapping))} />
      )}
      {view.hasRows && state !== 'reading' && state !== 'checking' && <RowsCard view={view} />}
    </div>
  );
}

import { useState } from 'react';
import { useProgress } from '#app/components/use-progress.ts';
import type { ImportView } from '../screen/import-screen.server.ts';
import { WORKING_STATES } from '../rules/import-states.ts';
import { ChoicesCard } from './choices-card.tsx';
import { ColumnsCard } from './columns-card.tsx';
import { RowsCard } from './rows-card.tsx';
import { StateCard } from './state-card.tsx';

const LOOK_AGAIN_MS = 1_500;
const OPEN = ['reading', 'checking', 'checked'] as const;
/** There is nothing to say of rows yet, or the file has none that could be read. */
const NOT_CHECKED: ReadonlySet<string> = new Set(['reading', 'checking', 'failed']);

/** One import: its state, its columns and choices while they can be changed, and its rows. */
export function ImportScreen({ view }: { view: ImportView }) {
  const { detail } = view;
  const { state, proposal, mapping, choices } = detail;
  const isOpen = OPEN.some((open) => open === state);
  // What isn't saved would not count for a run that starts now.
  const [hasColumns, setHasColumns] = useState(false);
  const [hasChoices, setHasChoices] = useState(false);
  useProgress(WORKING_STATES.includes(state), LOOK_AGAIN_MS);
  return (
    <div className="stack">
      <StateCard view={view} isUnsaved={isOpen && (hasColumns || hasChoices)} />
      {isOpen && proposal !== null && (
        <ColumnsCard proposal={proposal} mapping={mapping} isOpen={isOpen} onUnsaved={setHasColumns} />
      )}
      {isOpen && proposal !== null && (
        <ChoicesCard choices={choices} fields={new Set(Object.values(mapping))} onUnsaved={setHasChoices} />
      )}
      {view.hasRows && !NOT_CHECKED.has(state) && <RowsCard view={view} />}
    </div>
  );
}

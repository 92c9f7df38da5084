import { useProgress } from '#app/components/use-progress.ts';
import { WORKING_STATES } from '../../rules/backfill.ts';
import type { BackfillScreenView } from '../backfill-screen.server.ts';
import { BackfillHistory } from './backfill-history.tsx';
import { ChosenBackfill } from './chosen-backfill.tsx';
import { StartBackfill } from './start-backfill.tsx';

const LOOK_AGAIN_MS = 1_500;

export function BackfillScreen({ view }: { view: BackfillScreenView }) {
  const { chosen, history, isAnyActive } = view;
  useProgress(
    history.some(({ state }) => WORKING_STATES.includes(state)),
    LOOK_AGAIN_MS,
  );
  return (
    <div className="stack">
      {chosen && <ChosenBackfill key={String(chosen.backfillId)} view={view} chosen={chosen} />}
      {!isAnyActive && <StartBackfill view={view} />}
      {history.length > 0 && <BackfillHistory history={history} chosen={chosen} />}
    </div>
  );
}

import { el } from './dom.ts';
import { t } from './settings.ts';

const SHOWN_MS = 4_000;

/** Shows a message at the foot of the page for a few seconds. */
export function tell(message: string, isError = false): void {
  const toast = el(
    'div',
    { class: isError ? 'toast error' : 'toast', role: isError ? 'alert' : 'status' },
    message,
  );
  document.getElementById('toasts')?.append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS);
}

/** Does something, reports the outcome, and lets the page refresh at once. */
export function runAndTell(run: () => Promise<unknown>, done = t('done')): void {
  run().then(
    () => {
      tell(done);
      dispatchEvent(new Event('refresh'));
    },
    (error: unknown) => tell(error instanceof Error ? error.message : String(error), true),
  );
}

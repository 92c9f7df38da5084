import type { ClientActionFunctionArgs, ShouldRevalidateFunction } from '@remix-run/react';
import type { SaveAnswer } from './use-draft.ts';

/**
 * A form's client action: a lost connection or a server that fails becomes an answer of the form. Left to Remix it would
 * replace the screen, and with it what was typed.
 */
export async function saveOrKeep({ serverAction }: ClientActionFunctionArgs): Promise<SaveAnswer> {
  try {
    return await serverAction<SaveAnswer>();
  } catch {
    return { ok: false, errors: { form: { code: 'not_saved' } } };
  }
}

/** Nothing is read again after a save that was refused or lost: nothing changed, and the connection may be gone. */
export const revalidateUnlessRefused: ShouldRevalidateFunction = ({
  actionResult,
  defaultShouldRevalidate,
}) => (isRefusal(actionResult) ? false : defaultShouldRevalidate);

function isRefusal(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === false;
}

/** As `revalidateUnlessRefused`; nor after an action that leads elsewhere, since what this screen showed may be gone. */
export const revalidateUnlessLeft: ShouldRevalidateFunction = (args) =>
  isLeaving(args.actionResult) ? false : revalidateUnlessRefused(args);

function isLeaving(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'goTo' in result && result.goTo !== undefined;
}

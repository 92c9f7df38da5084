/** What the buttons of an import's screen do. */
import { ledgerNow, pool } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import type { CostQuestion } from '#app/lib/cost-question.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { parseJson } from '#app/lib/storable.ts';
import { holdUnlessMeant } from '#app/modules/shops/give-back.server.ts';
import {
  cancelImport,
  changeChoices,
  changeMapping,
  type ImportChanged,
} from '../import/change-import.server.ts';
import { readImport, type ImportKey } from '../import/import-rows.server.ts';
import { readOpeningCost } from '../import/opening-cost.server.ts';
import { steerImport, type ImportStep } from '../run/steer-import.server.ts';

export type ImportAnswer = { ok: true } | { ok: false; errors: FieldErrors; question?: CostQuestion };

const STEPS: readonly ImportStep[] = ['start', 'pause', 'resume', 'undo'];

/** Does what a button says; null for an import that the shop does not have, or a button that there is not. */
export async function actOnImport(
  shop: { shopId: bigint; timeZone: string },
  importId: bigint,
  values: Readonly<Record<string, unknown>>,
  actor: string,
): Promise<ImportAnswer | null> {
  const key = { shopId: shop.shopId, importId };
  const { intent } = values;
  if (intent === 'mapping')
    return answerOf(
      await changeMapping(key, typeof values.mapping === 'string' ? parseJson(values.mapping) : null),
    );
  if (intent === 'choices') return act(key, shop, values);
  if (intent === 'cancel') return answerOf(await cancel(key, actor));
  if (intent === 'start') return start(key, actor, values.meant);
  const step = STEPS.find((known) => known === intent);
  return step === undefined ? null : answerOf(await steerImport(key, step, actor));
}

async function act(
  key: ImportKey,
  { timeZone }: { timeZone: string },
  values: Readonly<Record<string, unknown>>,
): Promise<ImportAnswer | null> {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  const openingUntil = text('openingUntil') || null;
  if (openingUntil !== null && openingUntil < localDay(await ledgerNow(pool), timeZone))
    return { ok: false, errors: { openingUntil: { code: 'in_past' } } };
  const tags = text('tags')
    .split(/[,،、]/)
    .filter((tag) => tag.trim() !== '');
  return answerOf(
    await changeChoices(key, {
      mode: text('mode'),
      emptyCells: text('emptyCells'),
      identity: text('identity'),
      takesDoubtful: text('takesDoubtful') === 'true',
      takesSuggestions: text('takesSuggestions') === 'true',
      consentSource: text('consentSource'),
      dateOrder: text('dateOrder') || null,
      openingUntil,
      tags,
    }),
  );
}

/** Opening balances that are worth much have to be meant. */
async function start(key: ImportKey, actor: string, meant: unknown): Promise<ImportAnswer | null> {
  const seen = await readImport(pool, key);
  const cost = seen?.state === 'checked' ? await readOpeningCost(key, seen) : null;
  const held = cost && holdUnlessMeant(cost.judgement, meant, 'form');
  return held ?? answerOf(await steerImport(key, 'start', actor));
}

/** Before the run nothing was changed and all of it goes; a run ends where it is. */
async function cancel(key: ImportKey, actor: string): Promise<ImportChanged> {
  const seen = await readImport(pool, key);
  if (seen?.state === 'running' || seen?.state === 'paused') return steerImport(key, 'cancel', actor);
  return cancelImport(key);
}

function answerOf(changed: ImportChanged): ImportAnswer | null {
  if (changed.ok) return { ok: true };
  if (changed.reason === 'unknown') return null;
  const code = changed.reason === 'invalid' ? 'invalid' : 'changed_meanwhile';
  return { ok: false, errors: { form: { code } } };
}

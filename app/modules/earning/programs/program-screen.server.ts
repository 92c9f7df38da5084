import { ledgerNow, pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import type { Locale } from '#app/i18n/locales.ts';
import { invariant } from '#app/lib/errors.ts';
import type { SaveAnswer } from '#app/components/use-draft.ts';
import { changeProgram, isProgramChange } from './change-program.server.ts';
import { readClubRules } from '../rules-in-force.server.ts';
import { copyProgram } from './copy-program.server.ts';
import { NAME_CHARACTERS_MAX, readProgramForm, type ProgramDraft } from './program-form.ts';
import { readProgramChoices, type ProgramChoices } from './program-choices.server.ts';
import { listPrograms, readProgram, type Program, type ProgramPage } from './programs.queries.server.ts';
import type { EarnRules } from '../rules/program.ts';
import type { RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';
import { holdProgram } from './hold-program.server.ts';
import { createProgram, saveProgram } from './save-program.server.ts';

interface Shop {
  shopId: bigint;
  currency: string;
  timeZone: string;
}

export interface ProgramListView extends ProgramPage {
  isEnded: boolean;
  isFirstPage: boolean;
  choices: ProgramChoices;
  now: Date;
}

/** A page of the shop's programs and whom they can be for. */
export async function readProgramList(
  shopId: bigint,
  page: { isEnded: boolean; before: bigint | null },
): Promise<ProgramListView> {
  const [listed, choices, now] = await Promise.all([
    listPrograms(shopId, page),
    readProgramChoices(shopId),
    ledgerNow(pool),
  ]);
  return { ...listed, isEnded: page.isEnded, isFirstPage: page.before === null, choices, now };
}

/** What the form of a program needs besides the program. */
export interface ProgramScreenView {
  choices: ProgramChoices;
  /** All rules in force, for the preview; the form's own program among them when it is active. */
  rules: EarnRules;
  tiersActive: boolean;
  /** What points are worth at checkout; null while they cannot be used there. */
  rate: RedemptionRate | null;
  /** The club's clock, so that the preview shows the same on the server and in the browser. */
  now: Date;
}

/** What the form of a new program shows. */
export async function readNewProgramScreen(shopId: bigint): Promise<ProgramScreenView> {
  const [clubs, choices, now] = await Promise.all([
    readClubRules(pool, [shopId]),
    readProgramChoices(shopId),
    ledgerNow(pool),
  ]);
  const club = clubs.get(shopId);
  invariant(club, `shop ${shopId} is installed and has a club`);
  const { rules, tiersActive, redemption } = club;
  return { choices, rules, tiersActive, rate: redemption.isEnabled ? redemption.rate : null, now };
}

/** What the form of a program of the shop shows; null when it has no such program. */
export async function readProgramScreen(
  shopId: bigint,
  programId: bigint,
): Promise<(ProgramScreenView & { program: Program }) | null> {
  const program = await readProgram(shopId, programId);
  return program && { ...(await readNewProgramScreen(shopId)), program };
}

async function readForm(
  shop: Shop,
  values: Record<string, unknown>,
  locale: Locale,
): Promise<{ ok: true; draft: ProgramDraft } | { ok: false; errors: FieldErrors }> {
  const { currency, timeZone } = shop;
  const form = readProgramForm(values, { locale, currency, timeZone });
  if (!form.ok) return form;
  const { categoryIds, tierIds } = form.draft.rule;
  const choices = categoryIds || tierIds ? await readProgramChoices(shop.shopId) : null;
  const knows = (known: readonly { id: bigint }[] | undefined, ids: readonly bigint[] | null): boolean =>
    ids === null || ids.every((id) => known?.some((choice) => choice.id === id));
  if (!knows(choices?.categories, categoryIds))
    return { ok: false, errors: { categoryIds: { code: 'invalid' } } };
  return knows(choices?.tiers, tierIds) ? form : { ok: false, errors: { tierIds: { code: 'invalid' } } };
}

const refused = (code: 'changed_meanwhile' | 'has_ended' | 'too_many'): SaveAnswer => ({
  ok: false,
  errors: { form: { code } },
});

/** Makes a program of what was typed. Returns where it is now, or what is wrong at which field. */
export async function createFromForm(
  shop: Shop,
  values: Record<string, unknown>,
  locale: Locale,
): Promise<SaveAnswer> {
  const form = await readForm(shop, values, locale);
  if (!form.ok) return form;
  const held = await holdProgram(shop.shopId, null, form.draft, values.meant);
  if (held) return held;
  const status = form.draft.startPaused ? 'paused' : 'active';
  const programId = await createProgram(shop.shopId, form.draft, status);
  return programId === null ? refused('too_many') : { ok: true, goTo: screenOf(programId) };
}

/** Saves what was typed of a program; null when the shop has no such program. */
export async function saveForm(
  shop: Shop,
  programId: bigint,
  values: Record<string, unknown>,
  locale: Locale,
): Promise<SaveAnswer | null> {
  const form = await readForm(shop, values, locale);
  if (!form.ok) return form;
  const held = await holdProgram(shop.shopId, programId, form.draft, values.meant);
  if (held) return held;
  const saved = await saveProgram(shop.shopId, programId, readVersion(values.version), form.draft);
  if (saved.ok) return { ok: true };
  return saved.reason === 'missing' ? null : refused(saved.reason);
}

/** What the page actions of a program do: pause, resume, end, copy. Null when the shop has no such program, or none does that. */
export async function actOnProgram(
  shopId: bigint,
  programId: bigint,
  { intent, meant }: { intent: string; meant?: unknown },
  locale: Locale,
): Promise<SaveAnswer | null> {
  if (intent === 'copy') return copy(shopId, programId, locale);
  if (!isProgramChange(intent)) return null;
  const held = intent === 'resume' ? await holdResumed(shopId, programId, meant) : null;
  if (held) return held;
  const outcome = await changeProgram(shopId, programId, intent);
  if (outcome === 'missing') return null;
  return outcome === 'done' ? { ok: true } : refused(outcome);
}

/** A program that was paused comes to what is in force now. What is refused is said of the whole program. */
async function holdResumed(shopId: bigint, programId: bigint, meant: unknown): Promise<SaveAnswer | null> {
  const program = await readProgram(shopId, programId);
  const held = program && (await holdProgram(shopId, programId, program, meant));
  const [error] = Object.values(held?.errors ?? {});
  return held && error ? { ok: false, errors: { form: error } } : held;
}

async function copy(shopId: bigint, programId: bigint, locale: Locale): Promise<SaveAnswer | null> {
  const program = await readProgram(shopId, programId);
  if (!program) return null;
  const t = i18nFor(locale).getFixedT(locale);
  const name = t('programs.copy_of', { name: program.name }).slice(0, NAME_CHARACTERS_MAX);
  const copied = await copyProgram(shopId, programId, name);
  if (copied.ok) return { ok: true, goTo: screenOf(copied.programId) };
  return copied.reason === 'missing' ? null : refused(copied.reason);
}

const screenOf = (programId: bigint): string => `/app/loyalty/programs/${programId}`;

function readVersion(text: unknown): number {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

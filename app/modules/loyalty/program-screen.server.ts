import { clubNow, pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import {
  readSettings,
  readTermsForm,
  saveTerms,
  type ClubTerms,
} from '#app/modules/shops/settings.server.ts';
import { readProgramForm } from './program-form.ts';
import { readProgram, saveSpendProgram, type Program } from './programs.server.ts';

export interface ProgramScreenView {
  /** Null before the shop has a program. */
  program: Program | null;
  terms: ClubTerms;
  /** The club's clock, so that the preview shows the same on the server and in the browser. */
  now: Date;
}

/** What the Program screen edits. */
export async function readProgramScreen(shopId: bigint): Promise<ProgramScreenView> {
  const [program, settings, now] = await Promise.all([
    readProgram(shopId),
    readSettings(shopId),
    clubNow(pool),
  ]);
  const { startsOn, redemptionEnabled, redemptionRateUnits, redemptionRateMinor, redemptionMinimumUnits } =
    settings;
  const terms = {
    startsOn,
    redemptionEnabled,
    redemptionRateUnits,
    redemptionRateMinor,
    redemptionMinimumUnits,
  };
  return { program, terms, now };
}

/**
 * Saves the Program form: all of it or nothing. Answers what is wrong at which field, or under `form` that somebody
 * else saved meanwhile.
 */
export async function saveProgramScreen(
  shop: { shopId: bigint; currency: string },
  values: Record<string, unknown>,
  locale: string,
): Promise<{ ok: true } | { ok: false; errors: FieldErrors }> {
  const program = readProgramForm(values, locale, shop.currency);
  const terms = readTermsForm(values, locale, shop.currency);
  if (!program.ok || !terms.ok) {
    return {
      ok: false,
      errors: { ...(program.ok ? {} : program.errors), ...(terms.ok ? {} : terms.errors) },
    };
  }
  const { name, isActive, unit, rule } = program.draft;
  const status = isActive ? 'active' : 'paused';
  const saved = await saveSpendProgram(shop.shopId, {
    name,
    status,
    unit,
    rule,
    version: readVersion(values.version),
  });
  if (!saved.ok) return { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
  await saveTerms(shop.shopId, terms.terms);
  return { ok: true };
}

function readVersion(text: unknown): number | null {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

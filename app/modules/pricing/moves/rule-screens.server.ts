/** What the screens of rules that move people show and do. */
import { z } from 'zod';
import type { SaveAnswer } from '#app/components/use-draft.ts';
import { pool } from '#app/db.server.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readCategories } from '../categories/categories.server.ts';
import { tryRule, type DryRun } from './dry-run.server.ts';
import { listMoveRules, type StoredMoveRule } from './move-rules.server.ts';
import { removeMoveRule, saveMoveRule, switchMoveRule } from './save-rule.server.ts';
import { listMoves, undoMoves, type MoveGroup } from './undo-moves.server.ts';

const RULES = '/app/resellers/rules';

export interface NamedMoveRule extends StoredMoveRule {
  /** Null for a category that was removed since. */
  from: string | null;
  to: string | null;
}

export interface MoveRulesView {
  rules: NamedMoveRule[];
  history: MoveGroup[];
}

async function listNamed(shopId: bigint) {
  const [rules, categories] = await Promise.all([listMoveRules(pool, shopId), readCategories(pool, shopId)]);
  const nameOf = new Map(categories.map(({ categoryId, name }) => [categoryId, name]));
  return {
    rules: rules.map((rule) => ({
      ...rule,
      from: nameOf.get(rule.fromId) ?? null,
      to: nameOf.get(rule.toId) ?? null,
    })),
    categories: categories.map(({ categoryId, name }) => ({ categoryId, name })),
  };
}

/** Reads the list of rules and what they did. */
export async function readMoveRules(shopId: bigint): Promise<MoveRulesView> {
  const [{ rules }, history] = await Promise.all([listNamed(shopId), listMoves(shopId)]);
  return { rules, history };
}

export interface MoveRuleView {
  /** Null for a new one. */
  rule: NamedMoveRule | null;
  categories: { categoryId: bigint; name: string }[];
  /** Whom it would move now; null unless it was asked for. */
  dryRun: DryRun | null;
}

/** Reads a rule's page (null: a new one); null for a rule that the shop doesn't have. */
export async function readMoveRule(
  shopId: bigint,
  ruleId: bigint | null,
  isTried: boolean,
): Promise<MoveRuleView | null> {
  const { rules, categories } = await listNamed(shopId);
  const rule = rules.find((each) => each.ruleId === ruleId) ?? null;
  if (ruleId !== null && !rule) return null;
  return { rule, categories, dryRun: rule && isTried ? await tryRule(shopId, rule) : null };
}

const REFUSED: SaveAnswer = { ok: false, errors: { form: { code: 'invalid' } } };

const undoForm = z.object({
  ruleId: z.string(),
  fromId: z.string(),
  toId: z.string(),
  day: z.iso.date(),
  isBack: z.stringbool(),
});

/** Undoes what the form's group of moves did. */
export async function undoFromForm(shopId: bigint, values: unknown, actor: string): Promise<SaveAnswer> {
  const form = undoForm.safeParse(values);
  if (!form.success) return REFUSED;
  const [ruleId, fromId, toId] = [form.data.ruleId, form.data.fromId, form.data.toId].map(readIdParam);
  if (ruleId == null || fromId == null || toId == null) return REFUSED;
  const { day, isBack } = form.data;
  const undone = await undoMoves(shopId, { ruleId, fromId, toId, day, isBack }, actor);
  return undone === 0 ? { ok: false, errors: { form: { code: 'gone' } } } : { ok: true };
}

/** Saves the form of a rule (null: a new one, whose page opens then), or runs its `intent`: `on`, `off` or `remove`. */
export async function actOnMoveRule(
  shop: { shopId: bigint; currency: string },
  ruleId: bigint | null,
  values: Record<string, unknown>,
  locale: string,
): Promise<SaveAnswer> {
  if (ruleId === null) {
    const saved = await saveMoveRule(shop, null, values, locale);
    return saved.ok ? { ok: true, goTo: `${RULES}/${saved.ruleId}?try=1` } : saved;
  }
  const { intent } = values;
  if (intent === 'on' || intent === 'off')
    return toAnswer(await switchMoveRule(shop.shopId, ruleId, intent === 'on'));
  if (intent === 'remove') {
    const removed = await removeMoveRule(shop.shopId, ruleId);
    return removed.ok ? { ok: true, goTo: RULES } : removed;
  }
  return toAnswer(await saveMoveRule(shop, ruleId, values, locale));
}

const toAnswer = (saved: Awaited<ReturnType<typeof saveMoveRule>>): SaveAnswer =>
  saved.ok ? { ok: true } : saved;

/** What the screens of rewards show, and what their forms do. */
import type { SaveAnswer } from '#app/components/use-draft.ts';
import { pool } from '#app/db.server.ts';
import { holdUnlessMeant, readGiveBack, type HeldSave } from '#app/modules/shops/give-back.server.ts';
import { readSettings } from '#app/modules/shops/settings.server.ts';
import type { RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';
import type { FieldErrorCode } from '#app/lib/field-errors.ts';
import { addReward, listRewards, readReward, saveReward, setRewardStatus } from './reward-rows.server.ts';
import type { Reward, RewardStatus } from '../rules/reward.ts';
import { judgeReward } from '../rules/reward-cost.ts';
import { isUnit, type Unit } from '#app/lib/units.ts';
import { readRewardForm } from './reward-form.ts';
import type { RewardInput } from './reward-rows.server.ts';

interface ProgramOfReward {
  programId: bigint;
  name: string;
  unit: Unit;
}

export interface RewardListView {
  program: ProgramOfReward;
  rewards: (Reward & { taken: number })[];
}

export interface RewardView {
  program: ProgramOfReward;
  /** Null for a new one. */
  reward: Reward | null;
  /** What points pay at checkout; null while they can't pay there. */
  rate: RedemptionRate | null;
}

async function readProgram(shopId: bigint, programId: bigint): Promise<ProgramOfReward | null> {
  const { rows } = await pool.query<{ name: string; unit: string }>(
    'SELECT name, unit FROM programs WHERE shop_id = $1 AND program_id = $2',
    [shopId, programId],
  );
  const [row] = rows;
  return row && isUnit(row.unit) ? { programId, name: row.name, unit: row.unit } : null;
}

/** Reads the rewards of a program; null if the shop has no such program. */
export async function readRewardList(shopId: bigint, programId: bigint): Promise<RewardListView | null> {
  const program = await readProgram(shopId, programId);
  return program ? { program, rewards: await listRewards(shopId, programId) } : null;
}

/** Reads the form of a reward; null if the shop no longer has such a reward. */
export async function readRewardScreen(shopId: bigint, rewardId: bigint): Promise<RewardView | null> {
  const reward = await readReward(pool, shopId, rewardId);
  if (!reward || reward.status === 'removed') return null;
  const program = await readProgram(shopId, reward.programId);
  return program && { program, reward, rate: await readRate(shopId) };
}

async function readRate(shopId: bigint): Promise<RedemptionRate | null> {
  const { redemptionEnabled, redemptionRateUnits, redemptionRateMinor } = await readSettings(shopId);
  return redemptionEnabled ? { units: redemptionRateUnits, amountMinor: redemptionRateMinor } : null;
}

/** Reads the form of a new reward; null if the shop has no such program. */
export async function readNewRewardScreen(shopId: bigint, programId: bigint): Promise<RewardView | null> {
  const program = await readProgram(shopId, programId);
  return program && { program, reward: null, rate: await readRate(shopId) };
}

interface Shop {
  shopId: bigint;
  currency: string;
}

/** Creates a reward from the form; null if the shop has no such program. */
export async function createFromForm(
  shop: Shop,
  programId: bigint,
  values: Record<string, unknown>,
  locale: string,
): Promise<SaveAnswer | null> {
  const form = readRewardForm(values, locale, shop.currency);
  if (!form.ok) return form;
  const held = await holdReward(shop.shopId, form.input, null, values.meant);
  if (held) return held;
  const rewardId = await addReward(shop.shopId, programId, form.input);
  return rewardId === null ? null : { ok: true, goTo: `/app/loyalty/rewards/${rewardId}` };
}

async function holdReward(
  shopId: bigint,
  input: RewardInput,
  before: Reward | null,
  meant: unknown,
): Promise<HeldSave | null> {
  const { spend } = await readGiveBack(pool, shopId);
  const field = input.kind === 'percent' ? 'mostOffMinor' : 'amountMinor';
  return holdUnlessMeant(judgeReward(input, before, spend), meant, field);
}

const STATUS_OF = new Map<unknown, RewardStatus>([
  ['pause', 'paused'],
  ['resume', 'active'],
  ['remove', 'removed'],
]);

/** Saves the form of a reward, or pauses, resumes or removes it; null if the shop has no such reward. */
export async function saveForm(
  shop: Shop,
  rewardId: bigint,
  values: Record<string, unknown>,
  locale: string,
): Promise<SaveAnswer | null> {
  const status = STATUS_OF.get(values.intent);
  if (status) return changeStatus(shop.shopId, rewardId, status);
  const form = readRewardForm(values, locale, shop.currency);
  if (!form.ok) return form;
  const before = await readReward(pool, shop.shopId, rewardId);
  const held = await holdReward(shop.shopId, form.input, before, values.meant);
  if (held) return held;
  const saved = await saveReward(shop.shopId, rewardId, readVersion(values.version), form.input);
  if (saved === 'not_found') return null;
  return saved === 'saved' ? { ok: true } : refused(saved);
}

/** Repeating it is not an error. */
async function changeStatus(
  shopId: bigint,
  rewardId: bigint,
  status: RewardStatus,
): Promise<SaveAnswer | null> {
  const reward = await readReward(pool, shopId, rewardId);
  if (!reward) return null;
  await setRewardStatus(shopId, rewardId, status);
  return status === 'removed'
    ? { ok: true, goTo: `/app/loyalty/rewards?program=${reward.programId}` }
    : { ok: true };
}

const refused = (code: FieldErrorCode): SaveAnswer => ({ ok: false, errors: { form: { code } } });

/** Returns 0, which no reward has, for a text that is not a version. */
function readVersion(text: unknown): number {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

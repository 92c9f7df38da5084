import { pool } from '#app/db.server.ts';

export interface Choice {
  id: bigint;
  name: string;
}

export interface TierChoice extends Choice {
  multiplierPercent: number;
}

export interface CategoryChoice extends Choice {
  /** Whether customers of it earn at all (F20). */
  hasClub: boolean;
  isDefault: boolean;
}

/** Whom a program can be limited to. */
export interface ProgramChoices {
  categories: CategoryChoice[];
  tiers: TierChoice[];
}

/** The shop's customer categories and tiers, in the merchant's order. */
export async function readProgramChoices(shopId: bigint): Promise<ProgramChoices> {
  const [categories, tiers] = await Promise.all([
    pool.query<CategoryChoice>(
      `SELECT category_id AS id, name, loyalty_enabled AS "hasClub", is_default AS "isDefault" FROM categories
       WHERE shop_id = $1 ORDER BY position, category_id`,
      [shopId],
    ),
    pool.query<TierChoice>(
      `SELECT tier_id AS id, name, multiplier_percent AS "multiplierPercent" FROM tiers
       WHERE shop_id = $1 AND removed_at IS NULL ORDER BY position, tier_id`,
      [shopId],
    ),
  ]);
  return { categories: categories.rows, tiers: tiers.rows };
}

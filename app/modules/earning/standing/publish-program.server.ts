/** Keeps the metafield `club.program` of the app's installation as the shop's rules are. */
import { ledgerNow, pool, withSnapshot } from '#app/db.server.ts';
import { readInstallationMetafield, setMetafields } from '#app/integrations/shopify/metafields.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { currencyDigits } from '#app/lib/money.ts';
import { readMembershipSettings } from '#app/modules/membership/membership-settings.server.ts';
import { listOfferedRewards } from '#app/modules/redemptions/rewards/reward-rows.server.ts';
import { taxShareOf } from '../preview/tax-share.server.ts';
import { programFacts, type ProgramFacts } from '../rules/program-facts.ts';
import { readClubRules } from '../rules-in-force.server.ts';

const NAMESPACE = 'club';
const KEY = 'program';
const WHOLE_BP = 10_000n;

interface ProgramShop {
  shopId: bigint;
  domain: string;
}

/** Writes the facts if they are others than those that were written last. Throws UpstreamError. */
export async function publishProgram(shop: ProgramShop): Promise<boolean> {
  const facts = await readFacts(shop.shopId);
  if (facts === null) return false;
  const value = JSON.stringify(facts);
  const { rows } = await pool.query<{ isSame: boolean }>(
    'SELECT program = $2::jsonb AS "isSame" FROM standing_settings WHERE shop_id = $1',
    [shop.shopId, value],
  );
  if (rows[0]?.isSame) return false;
  const { gid, digest } = await readInstallationMetafield(shop.domain, KEY);
  const [written] = await setMetafields(shop.domain, [
    { ownerGid: gid, namespace: NAMESPACE, key: KEY, value, digest },
  ]);
  if (written?.outcome !== 'written')
    throw new UpstreamError(`the club's facts were not written: ${written?.outcome}`, {
      retryable: true,
      outcomeKnown: true,
    });
  await pool.query(
    'UPDATE standing_settings SET program = $2::jsonb, program_at = clock_timestamp() WHERE shop_id = $1',
    [shop.shopId, value],
  );
  return true;
}

async function readFacts(shopId: bigint): Promise<ProgramFacts | null> {
  const now = await ledgerNow(pool);
  const { taxMinor, netMinor } = await taxShareOf(shopId);
  return withSnapshot(async (tx) => {
    const club = (await readClubRules(tx, [shopId])).get(shopId);
    if (!club || club.currency === null) return null;
    const membership = await readMembershipSettings(tx, shopId);
    const rewards = await listOfferedRewards(tx, shopId);
    const tiers = membership.tiersActive ? membership.tiers : [];
    const { redemption } = club;
    return programFacts({
      title: club.title,
      banner: club.banner,
      digits: currencyDigits(club.currency),
      rules: club.rules,
      now,
      dependsOnCustomer: club.trialMode || tiers.some(({ multiplierPercent }) => multiplierPercent !== 100),
      taxBp: netMinor > taxMinor ? Number((taxMinor * WHOLE_BP) / (netMinor - taxMinor)) : 0,
      redeem: redemption.isEnabled ? redemption.rate : null,
      measure: membership.rule.measure,
      tiers,
      rewards,
    });
  });
}

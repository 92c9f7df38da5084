import type { ClubMembership, ClubTier } from '../../../extensions/shared/club-api.ts';
import type { Standing } from './read-standing.server.ts';

/** A customer's standing as extensions take it. */
export function standingView({ memberSince, mayJoin, tiers }: Standing): {
  membership: ClubMembership;
  tier: ClubTier | null;
} {
  return {
    membership: { isMember: memberSince !== null, mayJoin },
    tier: tiers && {
      name: tiers.current?.name ?? null,
      next: tiers.next && {
        name: tiers.next.tier.name,
        measure: tiers.rule.measure,
        missing: tiers.next.missing.toString(),
      },
    },
  };
}

/** Every way to earn as one list: programs, offers, and the gifts of occasions. Runs on both sides. */
import type { GiftSettings } from '#app/modules/occasions/gifts.queries.server.ts';
import { GIFT_KINDS, type GiftKind } from '#app/modules/occasions/rules/gifts.ts';
import type { Offer } from '../offers/offers.queries.server.ts';
import type { Program } from '../programs/programs.queries.server.ts';
import { phaseOf, type ProgramPhase } from '../rules/program-phase.ts';

/** `off`: switched off for the whole shop, such as offers, or never switched on. */
export type WayState = ProgramPhase | 'off';

export const WAY_STATES = [
  'active',
  'scheduled',
  'paused',
  'off',
  'over',
  'ended',
] as const satisfies WayState[];

interface Common {
  key: string;
  address: string;
  state: WayState;
}

export type Way = Common &
  (
    | { kind: 'program'; program: Program }
    | { kind: 'offer'; offer: Offer }
    | { kind: 'gift'; occasion: GiftKind; gift: GiftSettings }
  );

interface Parts {
  programs: readonly Program[];
  offers: readonly Offer[];
  /** The switch "advanced offers active". */
  offersActive: boolean;
  gifts: Readonly<Record<GiftKind, GiftSettings>>;
}

/** Lists the ways to earn: those that give something first. */
export function listWays({ programs, offers, offersActive, gifts }: Parts, now: Date): Way[] {
  const ways: Way[] = [
    ...programs.map((program) => ({
      kind: 'program' as const,
      key: `program:${program.programId}`,
      address: `/app/loyalty/programs/${program.programId}`,
      state: phaseOf(program, now),
      program,
    })),
    ...offers.map((offer) => ({
      kind: 'offer' as const,
      key: `offer:${offer.offerId}`,
      address: `/app/loyalty/offers/${offer.offerId}`,
      state: offersActive ? offer.status : ('off' as const),
      offer,
    })),
    ...GIFT_KINDS.map((occasion) => ({
      kind: 'gift' as const,
      key: `gift:${occasion}`,
      address: '/app/loyalty/occasions',
      state: gifts[occasion].isActive ? ('active' as const) : ('off' as const),
      occasion,
      gift: gifts[occasion],
    })),
  ];
  return ways.toSorted((a, b) => rankOf(a.state) - rankOf(b.state));
}

const rankOf = (state: WayState): number => WAY_STATES.indexOf(state);

/** Reads the state that an address names; null for all. */
export function readWayState(text: string | null): WayState | null {
  return WAY_STATES.find((state) => state === text) ?? null;
}

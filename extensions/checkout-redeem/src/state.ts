import type { ClubRedemption, ClubView, RefusalReason, ReleasedBecause } from '../../shared/club-api.ts';
import type { Attempt } from './attempt.ts';

/** What went wrong; each has a text under `problem` in the locale files. */
export type ProblemCode =
  | Exclude<RefusalReason, 'pending'>
  /** The customer's own price is why the code wasn't taken; the points are back. */
  | ReleasedBecause
  /** No failure: the gift was claimed. */
  | 'claimed'
  | 'bad_request'
  | 'session'
  | 'apply_failed'
  | 'apply_failed_kept'
  | 'undo_failed'
  | 'release_failed'
  | 'release_pending'
  | 'used';

/** What is under way; buttons are disabled meanwhile. */
export type Doing = 'reserving' | 'applying' | 'undoing' | 'releasing';

/** The whole state of the block, except what the host's signals say. */
export type State =
  | { step: 'loading' }
  | { step: 'unreachable'; cause: 'offline' | 'session' | 'server' }
  /** `about`: the reward that the problem is about, or null. */
  | { step: 'ready'; club: ClubView; doing: Doing | null; problem: ProblemCode | null; about: string | null }
  | { step: 'unsure'; club: ClubView; attempt: Attempt; isAsking: boolean };

/** What moves the state. */
export type Event =
  | { type: 'reloaded' }
  | { type: 'club_read'; club: ClubView; problem?: ProblemCode; about?: string | null }
  | { type: 'club_unreachable'; cause: 'offline' | 'session' | 'server' }
  | { type: 'began'; doing: Doing }
  | { type: 'reserved'; redemption: ClubRedemption }
  | { type: 'settled'; problem: ProblemCode | null; about?: string | null }
  | { type: 'released'; problem: ProblemCode | null }
  | { type: 'became_unsure'; attempt: Attempt }
  | { type: 'asked_again' }
  | { type: 'still_unsure' };

/** Where the block starts. */
export const INITIAL_STATE: State = { step: 'loading' };

/** The next state. An event that does not fit the state changes nothing: its answer came too late. */
export function nextState(state: State, event: Event): State {
  switch (event.type) {
    case 'reloaded':
      return { step: 'loading' };
    case 'club_read':
      return nextWithRead(state, event.club, event.problem ?? null, event.about ?? null);
    case 'club_unreachable':
      return { step: 'unreachable', cause: event.cause };
    default:
      return 'club' in state ? nextWithClub(state, event) : state;
  }
}

/** A club that was read while something is under way refreshes the figures and does not interrupt it. */
function nextWithRead(
  state: State,
  club: ClubView,
  problem: ProblemCode | null,
  about: string | null,
): State {
  const isUnderWay = state.step === 'unsure' || (state.step === 'ready' && state.doing !== null);
  if (!isUnderWay || problem) return { step: 'ready', club, doing: null, problem, about };
  return { ...state, club: { ...club, open: club.open ?? state.club.open } };
}

type StateWithClub = Extract<State, { club: ClubView }>;
type LaterEvent = Exclude<Event, { type: 'reloaded' | 'club_read' | 'club_unreachable' }>;

function nextWithClub(state: StateWithClub, event: LaterEvent): State {
  const ready = (
    club: ClubView,
    doing: Doing | null,
    problem: ProblemCode | null,
    about: string | null = null,
  ): State => ({ step: 'ready', club, doing, problem, about });
  switch (event.type) {
    case 'began':
      return ready(state.club, event.doing, null);
    case 'reserved':
      return ready({ ...state.club, open: event.redemption }, 'applying', null);
    case 'settled':
      return ready(state.club, null, event.problem, event.about ?? null);
    case 'released':
      return ready({ ...state.club, open: null }, null, event.problem);
    case 'became_unsure':
      return { step: 'unsure', club: state.club, attempt: event.attempt, isAsking: true };
    case 'asked_again':
      return state.step === 'unsure' ? { ...state, isAsking: true } : state;
    case 'still_unsure':
      return state.step === 'unsure' ? { ...state, isAsking: false } : state;
  }
}

/** What the host says at this moment. */
export interface HostView {
  isSignedIn: boolean;
  canUpdateDiscountCodes: boolean;
  /** Discount codes on the checkout. */
  codes: string[];
}

/** Which screen the shopper sees. */
export type Screen =
  'signed_out' | 'blocked' | 'loading' | 'unreachable' | 'unsure' | 'applied' | 'open' | 'paused' | 'wallet';

/** Chooses the screen. Codes are compared without case, as Shopify does. */
export function chooseScreen(state: State, host: HostView): Screen {
  if (!host.isSignedIn) return 'signed_out';
  if (!host.canUpdateDiscountCodes) return 'blocked';
  if (state.step !== 'ready') return state.step;
  if (state.club.open) return hasCode(host.codes, state.club.open.code) ? 'applied' : 'open';
  return state.club.redemptionEnabled ? 'wallet' : 'paused';
}

/** Whether `code` is among `codes`, without case. */
export function hasCode(codes: string[], code: string): boolean {
  return codes.some((each) => each.toLowerCase() === code.toLowerCase());
}

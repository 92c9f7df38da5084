/** The states of a claimed gift and the moves between them. */

export type ClaimState = 'requested' | 'approved' | 'delivered' | 'refused';

export const CLAIM_STATES: readonly ClaimState[] = ['requested', 'approved', 'delivered', 'refused'];

/** Delivered and refused are final. A gift delivered at once may skip the approval. */
const MOVES: Record<ClaimState, readonly ClaimState[]> = {
  requested: ['approved', 'delivered', 'refused'],
  approved: ['delivered', 'refused'],
  delivered: [],
  refused: [],
};

/** Returns whether a claim may move from one state to another. */
export function canMoveClaim(from: ClaimState, to: ClaimState): boolean {
  return MOVES[from].includes(to);
}

/** Returns whether a text is a state of a claim. */
export function isClaimState(text: unknown): text is ClaimState {
  return CLAIM_STATES.some((state) => state === text);
}

/** The phase of a program: what the merchant decided, and what its dates make of that. */

export type ProgramStatus = 'active' | 'paused' | 'ended';

/** `scheduled` and `over` are active programs outside their dates. */
export type ProgramPhase = ProgramStatus | 'scheduled' | 'over';

/** The phase of a program at a moment. */
export function phaseOf(
  program: { status: ProgramStatus; startsAt: Date | null; endsAt: Date | null },
  now: Date,
): ProgramPhase {
  if (program.status !== 'active') return program.status;
  if (program.endsAt && now >= program.endsAt) return 'over';
  return program.startsAt && now < program.startsAt ? 'scheduled' : 'active';
}

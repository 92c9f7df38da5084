import type { Fault, FaultKind, FaultTarget } from './state.ts';
import type { World } from './world.ts';

/** Which faults make sense at which door. */
export const FAULT_KINDS: Record<FaultTarget, readonly FaultKind[]> = {
  graphql: ['status429', 'status500', 'timeout', 'lostReply', 'throttled', 'userError', 'delay'],
  token: ['status429', 'status500', 'timeout', 'lostReply', 'delay'],
  webhook: ['drop', 'duplicate', 'delay', 'shuffle'],
  bulk: ['fails', 'slow', 'expired', 'partial'],
};

/** How long `timeout` leaves the caller hanging when the fault does not say. */
export const DEFAULT_TIMEOUT_MS = 30_000;

/** How long `delay` and `shuffle` hold back when the fault does not say. */
export const DEFAULT_DELAY_MS = 1_000;

export type FaultInput = {
  target: FaultTarget;
  kind: FaultKind;
  operation?: string | undefined;
  shop?: string | undefined;
  times?: number | undefined;
  delayMs?: number | undefined;
  message?: string | undefined;
  executes?: boolean | undefined;
};

/** Arms a fault; it strikes `times` (default 1) matching calls or webhooks, older faults first. */
export function armFault(world: World, input: FaultInput): Fault {
  const fault: Fault = {
    id: world.nextId(),
    target: input.target,
    operation: input.operation ?? null,
    shop: input.shop ?? null,
    kind: input.kind,
    times: input.times ?? 1,
    delayMs: input.delayMs ?? null,
    message: input.message ?? null,
    executes: input.executes ?? false,
    struck: 0,
  };
  world.state.faults.push(fault);
  return fault;
}

/**
 * The fault that strikes now, or null; it is used up by one. `names` are what it may be aimed at: the operation's
 * name and its root fields, or the webhook's topic; `kinds` are those that can strike here.
 */
export function takeFault(
  world: World,
  target: FaultTarget,
  shop: string,
  names: string[],
  kinds: readonly FaultKind[] = FAULT_KINDS[target],
): Fault | null {
  const fault = world.state.faults.find(
    (each) =>
      each.target === target &&
      each.times > 0 &&
      kinds.includes(each.kind) &&
      (each.shop === null || each.shop === shop) &&
      (each.operation === null || names.includes(each.operation)),
  );
  if (!fault) return null;
  fault.times -= 1;
  fault.struck += 1;
  return fault;
}

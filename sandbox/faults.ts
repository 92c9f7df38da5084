import type { Fault, FaultKind, FaultTarget } from './state.ts';
import type { Exchange } from './router.ts';
import type { World } from './world.ts';

/**
 * Statuses Shopify sends instead of a response of the API: frozen shop, maintenance or forbidden, locked shop, too many
 * requests, stopped by security, failures of its servers and of what stands before them. Pages are HTML, as a proxy's.
 */
const STATUS_FAULTS = {
  status402: { status: 402, text: 'Unavailable Shop', isPage: false },
  status403: { status: 403, text: 'Store is undergoing maintenance', isPage: true },
  status423: { status: 423, text: 'Locked', isPage: false },
  status429: { status: 429, text: 'Too Many Requests', isPage: false },
  status430: { status: 430, text: 'Shopify Security Rejection', isPage: true },
  status500: { status: 500, text: 'Internal Server Error', isPage: false },
  status502: { status: 502, text: 'Bad Gateway', isPage: true },
  status503: { status: 503, text: 'Service Unavailable', isPage: true },
  status504: { status: 504, text: 'Gateway Timeout', isPage: true },
  htmlPage: { status: 200, text: 'Something went wrong', isPage: true },
} as const;

type StatusFault = keyof typeof STATUS_FAULTS;

/** Returns whether the fault is a status sent instead of a response. */
export function isStatusFault(kind: string): kind is StatusFault {
  return kind in STATUS_FAULTS;
}
const STATUS_KINDS = Object.keys(STATUS_FAULTS).filter(isStatusFault);

/** Which faults apply to which endpoint. */
export const FAULT_KINDS: Record<FaultTarget, readonly FaultKind[]> = {
  graphql: [
    ...STATUS_KINDS,
    'timeout',
    'lostReply',
    'throttled',
    'shopInactive',
    'partialData',
    'userError',
    'delay',
  ],
  token: [...STATUS_KINDS, 'timeout', 'lostReply', 'delay'],
  webhook: ['drop', 'duplicate', 'delay', 'shuffle'],
  bulk: ['fails', 'slow', 'expired', 'partial', 'missing', 'lineErrors'],
  twilio: ['status429', 'status500', 'status503', 'code', 'timeout', 'lostReply', 'delay', 'indexLag'],
  receipt: ['drop', 'duplicate', 'delay', 'shuffle', 'early', 'unsigned', 'wrongToken'],
  delivery: ['fails', 'moreParts', 'noParts', 'latePrice'],
  smtp: ['refused', 'busy', 'fails', 'timeout', 'lostReply', 'delay'],
};

/** Sends what a status fault stands for and returns true; does nothing and returns false for every other kind. */
export function answerWithStatus(exchange: Exchange, fault: Fault): boolean {
  if (!isStatusFault(fault.kind)) return false;
  const { status, text, isPage } = STATUS_FAULTS[fault.kind];
  const message = fault.message ?? text;
  const headers: Record<string, string> = status === 429 ? { 'retry-after': '1' } : {};
  if (isPage) exchange.sendText(status, `<!doctype html><title>${text}</title><h1>${text}</h1>`);
  else exchange.sendJson(status, { errors: message }, headers);
  return true;
}

/** How long `timeout` leaves the caller waiting by default. */
export const DEFAULT_TIMEOUT_MS = 30_000;

/** How long `delay` and `shuffle` hold a delivery back by default. */
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

/** Sets a fault; it strikes `times` (default 1) matching calls or webhooks, older faults first. */
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
 * Returns the fault that strikes now, or null, and counts one use. `names` are its possible targets: the operation's
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

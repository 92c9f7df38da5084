/** The cases of messages (fixtures/cases/README.md), by kind. */
import { readFileSync } from 'node:fs';

interface Case<Input, Expected> {
  name: string;
  why: string;
  source: string;
  input: Input;
  expected: Expected;
}

export type PriceCase = Case<
  {
    currency?: string;
    country?: string;
    text?: string;
    template?: string;
    firstNames?: string[];
    recipients?: number;
    pricePerSegmentMicros?: Record<string, number>;
    microsPerSegment?: number;
    reserved?: { message: number; segments: number }[];
    outcomes?: { message: number; state: string; numSegments?: number; error?: number }[];
  },
  {
    units?: number[];
    encodings?: string[];
    segmentsEach?: number;
    segments?: number | number[];
    micros?: number;
    chargedMicros?: number;
    returnedMicros?: number;
    heldMicros?: number;
  }
>;

interface Kinds {
  segments: Case<{ text: string }, { encoding: string; units: number; segments: number }>;
  'opt-out': Case<
    { text: string; country: string; suppressed?: boolean; optOutType?: string },
    { intent: 'stop' | 'start' | 'review' | 'none'; suppress: boolean; review: boolean; reply?: boolean }
  >;
  'quiet-hours': Case<
    {
      window: { from: string; to: string };
      zones: string[];
      kind: 'marketing' | 'transactional';
      now: string;
      validUntil?: string;
    },
    { decision: 'send' | 'hold' | 'skip'; until?: string; reason?: string }
  >;
  price: PriceCase;
  status: Case<{ events: Record<string, unknown>[] }, { state: string; error?: number; charges: number }>;
  inbound: Case<
    { text: string; country: string; channel: string; customer: object | null; pending?: object },
    { command: string; amount?: number; suppressed?: boolean; pending?: null; reserved?: number }
  >;
}

const ALL = JSON.parse(readFileSync('fixtures/cases/messages/cases.json', 'utf8')) as (Kinds[keyof Kinds] & {
  kind: keyof Kinds;
})[];

/** Returns the cases of this kind; throws when there is none. */
export function messageCases<Kind extends keyof Kinds>(kind: Kind): Kinds[Kind][] {
  const cases = ALL.filter((each) => each.kind === kind) as unknown[] as Kinds[Kind][];
  if (cases.length === 0) throw new Error(`no case of the kind ${kind}`);
  return cases;
}

/** What the resource routes of rules send to the browser, as JSON. */
import type { Missing } from './conditions/condition.ts';
import type { ConditionNode } from './conditions/registry.ts';
import type { SegmentUse } from './saved/find-uses.server.ts';
import type { RuleNames } from './sentence/names.ts';
import type { Explained } from './tree/evaluate.ts';

export interface RulePreview {
  ok: true;
  count: number;
  /** Of a large shop's sample where counting takes long: about `count`, or nearly surely fewer. */
  certainty: 'exact' | 'about' | 'below';
  sample: {
    customerId: string;
    firstName: string | null;
    lastName: string | null;
    email: string | null;
    phone: string | null;
  }[];
  names: RuleNames;
  /** With one of these gone, the rule means no one. */
  missing: Missing[];
}

export interface ChoicesAnswer {
  ok: true;
  choices: { value: string; label: string }[];
}

export interface WhyAnswer {
  ok: true;
  /** Null for a customer who isn't there any longer. */
  explained: Explained | null;
  names: RuleNames;
}

export interface GroupsAnswer {
  ok: true;
  /** `spendMinor` in minor units of the shop's currency, as digits. */
  groups: { key: string | null; condition: ConditionNode; count: number; spendMinor: string }[];
  names: RuleNames;
}

/** Where a segment is used. */
export interface UsesAnswer {
  ok: true;
  uses: SegmentUse[];
}

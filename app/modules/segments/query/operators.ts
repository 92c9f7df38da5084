import type { Kind } from '../conditions/kind.ts';
import type { Comparison } from './clause.ts';
import { QueryProblem } from './query-error.ts';

/** The comparisons of each kind, for the message that one is none of them. */
const OPERATORS: Record<Kind['name'], string> = {
  number: '=, !=, >, >=, <, <=, BETWEEN, IS NULL, IS NOT NULL',
  date: '=, !=, >, >=, <, <=, BETWEEN, IS NULL, IS NOT NULL',
  yearly: '=, !=, BETWEEN, IS NULL, IS NOT NULL',
  choice: '=, !=, IN, NOT IN, CONTAINS, NOT CONTAINS, IS NULL, IS NOT NULL',
  set: 'CONTAINS, NOT CONTAINS, CONTAINS ANY, CONTAINS ALL, IS NULL, IS NOT NULL',
  text: '=, !=, CONTAINS, STARTS WITH, IS NULL, IS NOT NULL',
  flag: '= true, = false',
  postal: '=, !=, IN, NOT IN, STARTS WITH, IS NULL, IS NOT NULL',
  bought: 'MATCHES (...), NOT MATCHES (...)',
  expiring: 'MATCHES (...), NOT MATCHES (...)',
};

/** That an attribute can't be compared so. */
export const operatorProblem = ({ at }: Comparison, attribute: string, kind: Kind['name']): QueryProblem =>
  new QueryProblem('operator', at, { attribute, operators: OPERATORS[kind] });

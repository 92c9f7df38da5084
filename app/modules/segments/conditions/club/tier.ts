import { idText } from '../kinds/limits.ts';
import { choiceCondition } from '../kinds/choice.ts';

export const tier = choiceCondition('tier', {
  family: 'club',
  choices: { from: 'tier' },
  item: idText,
  expression: () => 's.tier_id',
  type: 'bigint[]',
  read: ({ tierId }) => tierId,
  references: 'tier',
});

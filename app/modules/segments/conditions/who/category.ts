import { choiceCondition, equalsSql } from '../kinds/choice.ts';
import { idText } from '../kinds/limits.ts';

/** A customer without a category is in the default one. */
export const category = choiceCondition('category', {
  family: 'who',
  choices: { from: 'category' },
  item: idText,
  canBeEmpty: false,
  expression: ({ put, moment }) => `coalesce(s.category_id, ${put(moment.defaultCategoryId, 'bigint')})`,
  anyOfSql(list, context) {
    const isOne = equalsSql('s.category_id', list, 'bigint[]', context);
    const { defaultCategoryId } = context.moment;
    return defaultCategoryId !== null && list.includes(defaultCategoryId)
      ? `(${isOne} OR s.category_id IS NULL)`
      : isOne;
  },
  type: 'bigint[]',
  read: ({ categoryId }, { defaultCategoryId }) => categoryId ?? defaultCategoryId,
  references: 'category',
});

import { Button, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { Select } from '#app/components/fields.tsx';
import { CONDITIONS } from '../../conditions/registry.ts';
import type { Kind } from '../../conditions/kind.ts';
import { opsOf } from '../../editor/fields.ts';
import type { DraftCondition } from '../../editor/rule-draft.ts';
import { ConditionInputs } from './condition-inputs.tsx';
import { useEditor } from './editor-context.ts';
import { ExcludeBox } from './exclude-box.tsx';
import { MoveHandle } from './move-handle.tsx';

/** One condition: its comparison and its values. */
export function ConditionEditor({ condition }: { condition: DraftCondition }) {
  const { t } = useTranslation();
  const { idPrefix, change, onLeave } = useEditor();
  const { id, code, fields, isNot } = condition;
  const { kind } = CONDITIONS[code];
  const name = t(`segments.condition.${code}`);
  const ops = useOpLabels(code, kind);
  return (
    <div
      role="group"
      aria-label={name}
      className="rule-condition"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onLeave(id);
      }}
    >
      <div className="rule-head">
        <MoveHandle id={id} name={name} />
        <div className="rule-head-main">
          <Text as="h3" variant="headingSm">
            {name}
          </Text>
        </div>
        <ExcludeBox id={id} isNot={isNot} name={name} />
        <Button
          icon={DeleteIcon}
          variant="tertiary"
          accessibilityLabel={t('segments.edit.remove', { name })}
          onClick={() => change({ type: 'remove', id })}
        />
      </div>
      <div className="rule-inputs">
        <Select
          id={`${idPrefix}${id}-op`}
          label={t('segments.edit.op')}
          options={ops}
          value={fields.op}
          onChange={(op) => change({ type: 'set', id, fields: { op } })}
        />
        <ConditionInputs condition={condition} />
      </div>
    </div>
  );
}

/** Operators as the sentence says them, with dots for what is filled in beside them. */
function useOpLabels(code: string, kind: Kind): { value: string; label: string }[] {
  const { t } = useTranslation();
  const dots = '…';
  const slots = { value: dots, from: dots, to: dots };
  return opsOf(kind).map((op) => {
    const amount =
      op === 'spend' ? dots : t(`segments.measure.${op}`, { defaultValue: dots, count: 2, amount: dots });
    return {
      value: op,
      label:
        kind.name === 'flag'
          ? t(`segments.flag.${code}.${op}`, '')
          : t(`segments.op.${kind.name}.${op}`, { defaultValue: '', ...slots, amount }),
    };
  });
}

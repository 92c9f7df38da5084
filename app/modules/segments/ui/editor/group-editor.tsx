import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '#app/components/fields.tsx';
import { isFull, type DraftGroup } from '../../editor/rule-draft.ts';
import { ConditionEditor } from './condition-editor.tsx';
import { ConditionPicker } from './condition-picker.tsx';
import { useEditor } from './editor-context.ts';
import { ExcludeBox } from './exclude-box.tsx';
import { DRAGGED_TYPE, MoveHandle } from './move-handle.tsx';

interface GroupEditorProps {
  group: DraftGroup;
  /** Its place among its siblings, from 1. */
  number?: number;
  isRoot?: boolean;
}

/** A group: how its parts are combined, the parts, and what can be added. */
export function GroupEditor({ group, number = 1, isRoot = false }: GroupEditorProps) {
  const { t } = useTranslation();
  const { draft, change } = useEditor();
  const name = isRoot ? t('segments.edit.rule') : t('segments.edit.group', { number });
  const full = isFull(draft);
  return (
    <div role="group" aria-label={name} {...(isRoot ? {} : { className: 'rule-group' })}>
      <BlockStack gap="200">
        {!isRoot && <GroupHead group={group} name={name} />}
        {isRoot && group.parts.length > 1 && <JoinSelect group={group} />}
        {isRoot && group.parts.length === 0 && (
          <Text as="p" tone="subdued">
            {t('segments.edit.empty')}
          </Text>
        )}
        <ul className="bare-list rule-parts">
          {group.parts.map((part, index) => (
            <DropPlace key={part.id} groupId={group.id} index={index}>
              {part.kind === 'group' ? (
                <GroupEditor group={part} number={index + 1} />
              ) : (
                <ConditionEditor condition={part} />
              )}
            </DropPlace>
          ))}
        </ul>
        <DropPlace groupId={group.id} index={group.parts.length} isEnd>
          <InlineStack gap="200">
            <ConditionPicker
              label={t('segments.edit.add')}
              isDisabled={full}
              onPick={(code) => change({ type: 'add', groupId: group.id, code })}
            />
            <ConditionPicker
              label={t('segments.edit.add_group')}
              isDisabled={full}
              isPlain
              onPick={(code) => change({ type: 'addGroup', groupId: group.id, code })}
            />
          </InlineStack>
        </DropPlace>
      </BlockStack>
    </div>
  );
}

function GroupHead({ group, name }: { group: DraftGroup; name: string }) {
  const { t } = useTranslation();
  const { change } = useEditor();
  return (
    <div className="rule-head">
      <MoveHandle id={group.id} name={name} />
      <div className="rule-head-main">
        <JoinSelect group={group} />
      </div>
      <ExcludeBox id={group.id} isNot={group.isNot} name={name} />
      <Button
        icon={DeleteIcon}
        variant="tertiary"
        accessibilityLabel={t('segments.edit.remove', { name })}
        onClick={() => change({ type: 'remove', id: group.id })}
      />
    </div>
  );
}

function JoinSelect({ group }: { group: DraftGroup }) {
  const { t } = useTranslation();
  const { change } = useEditor();
  return (
    <Select
      label={t('segments.edit.join_label')}
      labelHidden
      options={[
        { value: 'all', label: t('segments.edit.join_all') },
        { value: 'any', label: t('segments.edit.join_any') },
      ]}
      value={group.join}
      onChange={(join) => change({ type: 'join', id: group.id, join: join === 'any' ? 'any' : 'all' })}
    />
  );
}

interface DropPlaceProps {
  groupId: number;
  index: number;
  isEnd?: boolean;
  children: React.ReactNode;
}

/** Whether the pointer is on the lower half of what a part is dragged over: it comes after that then. */
const isBelow = ({ clientY, currentTarget }: DragEvent): boolean => {
  const { top, height } = currentTarget.getBoundingClientRect();
  return clientY >= top + height / 2;
};

/** Where a dragged part can be dropped: before or after what is in it, before the end. */
function DropPlace({ groupId, index, isEnd = false, children }: DropPlaceProps) {
  const { change } = useEditor();
  const [over, setOver] = useState<'before' | 'after' | null>(null);
  const sideOf = (event: DragEvent) => (!isEnd && isBelow(event) ? 'after' : 'before');
  const isPart = (event: DragEvent) => event.dataTransfer.types.includes(DRAGGED_TYPE);
  const handlers = {
    onDragOver(event: DragEvent) {
      if (!isPart(event)) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(sideOf(event));
    },
    onDragLeave: () => setOver(null),
    onDrop(event: DragEvent) {
      if (!isPart(event)) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(null);
      const id = Number(event.dataTransfer.getData(DRAGGED_TYPE));
      change({ type: 'place', id, groupId, index: sideOf(event) === 'after' ? index + 1 : index });
    },
  };
  const className = over === null ? 'rule-place' : `rule-place rule-place-${over}`;
  return isEnd ? (
    <div className={className} {...handlers}>
      {children}
    </div>
  ) : (
    <li className={className} {...handlers}>
      {children}
    </li>
  );
}

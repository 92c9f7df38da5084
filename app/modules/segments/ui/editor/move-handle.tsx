import { Icon } from '@shopify/polaris';
import { DragHandleIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { handleId, useEditor } from './editor-context.ts';

/** What a dragged part is called in the browser's drag data. */
export const DRAGGED_TYPE = 'application/x-setia-rule-part';

/** Moves a part of the rule: dragged by mouse, or with the arrow keys. */
export function MoveHandle({ id, name }: { id: number; name: string }) {
  const { t } = useTranslation();
  const { idPrefix, move } = useEditor();
  return (
    <button
      type="button"
      id={handleId(idPrefix, id)}
      className="move-handle"
      draggable
      aria-label={t('segments.edit.move', { name })}
      title={t('segments.edit.move_help')}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED_TYPE, String(id));
        event.dataTransfer.effectAllowed = 'move';
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        move(id, name, event.key === 'ArrowUp' ? -1 : 1);
      }}
    >
      <Icon source={DragHandleIcon} tone="subdued" />
    </button>
  );
}

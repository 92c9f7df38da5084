import { useTranslation } from 'react-i18next';
import { Checkbox } from '#app/components/fields.tsx';
import { useEditor } from './editor-context.ts';

/** "Not", as shopkeepers say it. */
export function ExcludeBox({ id, isNot, name }: { id: number; isNot: boolean; name: string }) {
  const { t } = useTranslation();
  const { change } = useEditor();
  return (
    <span title={t('segments.edit.exclude_help', { name })}>
      <Checkbox
        label={t('segments.edit.exclude')}
        checked={isNot}
        onChange={(isOn) => change({ type: 'not', id, isNot: isOn })}
      />
    </span>
  );
}

import type { TagAsk } from './tag-ask.ts';
import { Card } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { useProgress } from '#app/components/use-progress.ts';
import type { TagScreenView } from '../tag-screen.server.ts';
import { MergeDialog, RemoveDialog, TagDialog } from './tag-dialogs.tsx';
import { TagJobs } from './tag-jobs.tsx';
import { TagTable } from './tag-table.tsx';

/** What is asked for in a dialog; a new tag has none yet. */
/** The catalogue of tags: made, coloured, renamed, merged and removed, and what the worker is at. */
export function TagScreen({ view }: { view: TagScreenView }) {
  const { t } = useTranslation();
  const [ask, setAsk] = useState<TagAsk | null>(null);
  useProgress(view.jobs.some(({ isOver }) => !isOver));
  const close = (): void => setAsk(null);
  return (
    <Screen
      title={t('tags.title')}
      subtitle={t('tags.what')}
      primaryAction={{ content: t('tags.add'), onAction: () => setAsk({ what: 'add' }) }}
    >
      <div className="stack">
        <TagJobs jobs={view.jobs} />
        <Card padding="0">
          <TagTable view={view} onAsk={setAsk} />
        </Card>
      </div>
      {ask?.what === 'add' && <TagDialog onClose={close} />}
      {ask?.what === 'edit' && <TagDialog tag={ask.tag} onClose={close} />}
      {ask?.what === 'merge' && <MergeDialog tag={ask.tag} tags={view.tags} onClose={close} />}
      {ask?.what === 'remove' && <RemoveDialog tag={ask.tag} onClose={close} />}
    </Screen>
  );
}

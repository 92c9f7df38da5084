import { Banner, BlockStack, Button, Card, InlineStack, Link, ProgressBar, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useProgress } from '#app/components/use-progress.ts';
import { tagAddress, taggedMembersAddress } from '#app/modules/segments/count-doors.ts';
import type { KeptTagView } from '../../kept/kept-tag-screen.server.ts';
import { TagJobFailure } from '../tag-jobs.tsx';
import { useCustomerCountText } from '../tag-dialogs.tsx';
import { StopTagDialog } from './kept-tag-dialogs.tsx';

const TITLE_ID = 'kept-tag-title';

/** How a segment is kept as a tag: on whom it is, what is on its way to Shopify, and stopping it. */
export function KeptTagCard({ segmentId, kept }: { segmentId: bigint; kept: KeptTagView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const [isStopping, setIsStopping] = useState(false);
  const { tag, state, trouble, comparedAt, jobs } = kept;
  const open = jobs.filter(({ isOver }) => !isOver);
  const failed = jobs.filter((job) => job.failed > 0);
  useProgress(open.length > 0 || comparedAt === null || state === 'ending');
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <div id={TITLE_ID}>
            <CardTitle>{t('kept_tag.title', { tag })}</CardTitle>
          </div>
          {state === 'on' && (
            <InlineStack gap="200">
              <Button
                loading={action.isBusy}
                onClick={() => action.act({ intent: 'compare_tag' }, t('kept_tag.comparing'))}
              >
                {t('kept_tag.compare')}
              </Button>
              <Button tone="critical" variant="plain" onClick={() => setIsStopping(true)}>
                {t('kept_tag.stop')}
              </Button>
            </InlineStack>
          )}
        </InlineStack>
        {trouble && <Banner tone="warning">{t(`kept_tag.trouble.${trouble}`)}</Banner>}
        <div role="status">
          <BlockStack gap="100">
            <Counts segmentId={segmentId} kept={kept} />
            {state === 'on' && comparedAt !== null && (
              <Text as="p" tone="subdued">
                {t('kept_tag.compared', { at: format.timestamp(comparedAt) })}
              </Text>
            )}
          </BlockStack>
        </div>
        {open.length > 0 && <Progress jobs={open} />}
        {failed.map((job) => (
          <TagJobFailure key={String(job.jobId)} job={job} />
        ))}
      </BlockStack>
      {isStopping && <StopTagDialog tag={tag} onClose={() => setIsStopping(false)} />}
    </Card>
  );
}

/** On whom the tag is; each count leads to its customers. */
function Counts({ segmentId, kept }: { segmentId: bigint; kept: KeptTagView }) {
  const { t } = useTranslation();
  const customers = useCustomerCountText();
  const { tag, tagKey, state, tagged, members, everyone } = kept;
  if (state === 'ending') return <Text as="p">{t('kept_tag.ending', { customers: customers(tagged) })}</Text>;
  return (
    <>
      {members !== null && (
        <Text as="p">
          {t('kept_tag.members')}{' '}
          <Link url={taggedMembersAddress(segmentId, tagKey)}>{customers(members)}</Link>
        </Text>
      )}
      <Text as="p" tone="subdued">
        {t('kept_tag.everyone')} <Link url={tagAddress(tagKey, tag)}>{customers(everyone)}</Link>
      </Text>
    </>
  );
}

/** All of them as one: staff care how far the tag is, not in how many jobs. */
function Progress({ jobs }: { jobs: KeptTagView['jobs'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sum = (of: (job: KeptTagView['jobs'][number]) => number) =>
    jobs.reduce((all, job) => all + of(job), 0);
  const done = sum((job) => job.done + job.failed);
  const total = sum((job) => job.total);
  return (
    <BlockStack gap="100">
      <Text as="p" tone="subdued">
        {t('tags.job_progress', { done: format.number(done), total: format.number(total) })}
      </Text>
      <ProgressBar
        progress={total === 0 ? 100 : (done / total) * 100}
        size="small"
        ariaLabelledBy={TITLE_ID}
      />
    </BlockStack>
  );
}

import { Banner, BlockStack, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { TagJobView } from '../tags.queries.server.ts';
import { useCustomerCountText } from './tag-dialogs.tsx';

/** Changes of many customers' tags: how far they are, and whom they could not be written at. */
export function TagJobs({ jobs }: { jobs: readonly TagJobView[] }) {
  const { t } = useTranslation();
  if (jobs.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="400">
        <CardTitle>{t('tags.jobs')}</CardTitle>
        {jobs.map((job) => (
          <TagJob key={String(job.jobId)} job={job} />
        ))}
      </BlockStack>
    </Card>
  );
}

function TagJob({ job }: { job: TagJobView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useCustomerCountText();
  const { kind, tag, total, done, failed, isOver } = job;
  const name = t(`tags.job.${kind}`, { tag, target: job.target ?? '' });
  const titleId = `tag-job-${job.jobId}`;
  const share = total === 0 ? 1 : (done + failed) / total;
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" gap="200">
        <Text as="h3" variant="headingSm" id={titleId}>
          {name}
        </Text>
        <Text as="span" tone="subdued">
          {isOver
            ? t('tags.job_over', { customers: words(done) })
            : t('tags.job_progress', { done: format.number(done + failed), total: format.number(total) })}
        </Text>
      </InlineStack>
      {!isOver && <ProgressBar progress={share * 100} size="small" ariaLabelledBy={titleId} />}
      <div role="status">{isOver && failed > 0 && <TagJobFailure job={job} />}</div>
    </BlockStack>
  );
}

/** Whom a change could not be written at, and trying it again. */
export function TagJobFailure({ job }: { job: TagJobView }) {
  const { t } = useTranslation();
  const words = useCustomerCountText();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const why = job.failure === 'too_many' || job.failure === 'invalid' ? job.failure : 'no_answer';
  return (
    <Banner
      tone="warning"
      action={{
        content: t('tags.retry'),
        loading: action.isBusy,
        onAction: () => action.act({ intent: 'retry', jobId: String(job.jobId) }, t('tags.begun')),
      }}
    >
      <p>
        {t('tags.job_failed', { customers: words(job.failed) })} {t(`tags.why.${why}`)}
      </p>
      {errorOf('form') && <p>{errorOf('form')}</p>}
    </Banner>
  );
}

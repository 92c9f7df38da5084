import type { Translator } from '../../../shared/texts.ts';

interface NoticeProps {
  translate: Translator['translate'];
}

/** The shopper is not signed in: the app is not asked at all. */
export function SignedOutView({ translate }: NoticeProps) {
  return <s-text>{translate('signedOut')}</s-text>;
}

/** The checkout takes no discount codes now, for example in an express payment. */
export function BlockedView({ translate }: NoticeProps) {
  return <s-text color="subdued">{translate('blocked')}</s-text>;
}

/** Keeps the room of what is coming, so that the checkout does not jump. */
export function LoadingView({ translate }: NoticeProps) {
  return (
    <s-stack gap="small-200" accessibilityRole="status" accessibilityLabel={translate('loading')}>
      <s-skeleton-paragraph />
      <s-skeleton-paragraph />
    </s-stack>
  );
}

/** The club could not be read. */
export function UnreachableView(
  props: NoticeProps & { cause: 'offline' | 'session' | 'server'; onRetry: () => void },
) {
  const { translate, cause, onRetry } = props;
  return (
    <s-stack gap="base">
      <s-banner tone="warning">{translate(`unreachable.${cause}`)}</s-banner>
      {cause === 'session' ? null : (
        <s-button variant="secondary" onClick={onRetry}>
          {translate('unreachable.retry')}
        </s-button>
      )}
    </s-stack>
  );
}

import { useState } from 'preact/hooks';
import type { AppCause } from '../../../shared/ask-app.ts';
import type { Translator } from '../../../shared/texts.ts';

interface NoticeProps {
  translate: Translator['translate'];
}

/** No one is signed in, as in the editor of the merchant. */
export function SignedOutView({ translate }: NoticeProps) {
  return (
    <s-section>
      <s-paragraph>{translate('signedOut')}</s-paragraph>
    </s-section>
  );
}

/** Keeps the room of what is being read. */
export function LoadingView({ translate }: NoticeProps) {
  return (
    <s-section accessibilityLabel={translate('loading')}>
      <s-stack gap="base">
        <s-spinner accessibilityLabel={translate('loading')} />
        <s-skeleton-paragraph />
        <s-skeleton-paragraph />
        <s-skeleton-paragraph />
      </s-stack>
    </s-section>
  );
}

/** Which sentence a cause has; the others say that it does not work now. */
const SAID: ReadonlySet<AppCause> = new Set<AppCause>(['offline', 'session', 'too_many']);

/** The app could not be asked; the reason and a way to try again. */
export function UnreachableView(props: NoticeProps & { cause: AppCause; onRetry: () => Promise<void> }) {
  const { translate, cause, onRetry } = props;
  const [isAsking, setIsAsking] = useState(false);
  const retry = async () => {
    setIsAsking(true);
    await onRetry();
    setIsAsking(false);
  };
  return (
    <s-section>
      <s-stack gap="base">
        <s-banner tone="warning">{translate(`unreachable.${SAID.has(cause) ? cause : 'server'}`)}</s-banner>
        <s-button variant="secondary" loading={isAsking} onClick={() => void retry()}>
          {translate('unreachable.retry')}
        </s-button>
      </s-stack>
    </s-section>
  );
}

import type { StaffCause } from '../../../shared/staff-client.ts';
import type { Translator } from '../../../shared/texts.ts';

type Translate = Translator['translate'];

/** The till has no connection: points need the app, selling does not. */
export function OfflineView({ translate }: { translate: Translate }) {
  return <s-banner tone="warning" heading={translate('offline')} />;
}

/** What is coming is being read. */
export function LoadingView({ translate }: { translate: Translate }) {
  return <s-spinner accessibilityLabel={translate('loading')} />;
}

/** The app gave no answer; a user without permission is told so, and sees no button. */
export function UnreachableView(props: { translate: Translate; cause: StaffCause; onRetry: () => void }) {
  const { translate, cause, onRetry } = props;
  return (
    <s-stack gap="base">
      <s-banner tone="warning" heading={translate(`cause.${cause}`)} />
      {cause === 'no_permission' ? null : <s-button onClick={onRetry}>{translate('again')}</s-button>}
    </s-stack>
  );
}

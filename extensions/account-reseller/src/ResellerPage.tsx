import type { Api } from '@shopify/ui-extensions/customer-account.page.render';
import { useMemo } from 'preact/hooks';
import type { AppCause } from '../../shared/ask-app.ts';
import { createResellerClient } from '../../shared/reseller-client.ts';
import { createTexts } from '../../shared/texts.ts';
import { useCart } from './use-cart.ts';
import { usePriceList } from './use-price-list.ts';
import { CartSection } from './views/CartSection.tsx';
import { ClubSection } from './views/ClubSection.tsx';
import { ListSection } from './views/ListSection.tsx';
import { OrdersSection } from './views/OrdersSection.tsx';
import { PasteSection } from './views/PasteSection.tsx';

interface PageProps {
  shopify: Api;
  /** Origin of the app. */
  origin: string;
}

/** The resellers' page: their prices, an order by quantities or a pasted list, past orders, points. */
export function ResellerPage({ shopify, origin }: PageProps) {
  const customerId = shopify.authenticatedAccount.customer.value?.id ?? '';
  const address = useMemo(() => ({ origin, token: () => shopify.sessionToken.get() }), [shopify, origin]);
  const client = useMemo(() => createResellerClient(address), [address]);
  const list = usePriceList(shopify, client, customerId);
  const cart = useCart(client);
  const { translate } = shopify.i18n;
  const { state } = list;
  if (customerId === '') return <Closed shopify={shopify} text={translate('signedOut')} />;
  if (state.step === 'loading')
    return (
      <s-page heading={translate('name')}>
        <s-section accessibilityLabel={translate('loading')}>
          <s-stack gap="base">
            <s-spinner accessibilityLabel={translate('loading')} />
            <s-skeleton-paragraph />
            <s-skeleton-paragraph />
          </s-stack>
        </s-section>
      </s-page>
    );
  if (state.step === 'not_approved') return <Closed shopify={shopify} text={translate('notApproved')} />;
  if (state.step === 'unreachable')
    return (
      <Closed
        shopify={shopify}
        text={translate(`unreachable.${SAID.has(state.cause) ? state.cause : 'server'}`)}
        onRetry={state.cause === 'no_permission' ? null : () => void list.find('')}
        retryLabel={translate('unreachable.retry')}
      />
    );
  const { terms } = state;
  const texts = createTexts(shopify.i18n, terms);
  const toast = (content: string) => void shopify.toast.show(content);
  return (
    <s-page heading={translate('name')} subheading={translate('category', { category: terms.category })}>
      <s-stack gap="large-200">
        <ListSection texts={texts} state={state} list={list} cart={cart} />
        <PasteSection texts={texts} client={client} onFound={list.learn} cart={cart} toast={toast} />
        <CartSection texts={texts} terms={terms} list={list} cart={cart} />
        <OrdersSection
          texts={texts}
          i18n={shopify.i18n}
          client={client}
          onFound={list.learn}
          cart={cart}
          toast={toast}
        />
        <ClubSection i18n={shopify.i18n} address={address} />
      </s-stack>
    </s-page>
  );
}

/** Which sentence a cause has; the others say that it does not work now. */
const SAID: ReadonlySet<AppCause> = new Set<AppCause>(['offline', 'session', 'no_permission', 'too_many']);

interface ClosedProps {
  shopify: Api;
  text: string;
  onRetry?: (() => void) | null;
  retryLabel?: string;
}

/** Nothing to order here, and why. */
function Closed({ shopify, text, onRetry, retryLabel }: ClosedProps) {
  return (
    <s-page heading={shopify.i18n.translate('name')}>
      <s-section>
        <s-stack gap="base">
          <s-paragraph>{text}</s-paragraph>
          {onRetry ? (
            <s-button variant="secondary" onClick={onRetry}>
              {retryLabel}
            </s-button>
          ) : null}
        </s-stack>
      </s-section>
    </s-page>
  );
}

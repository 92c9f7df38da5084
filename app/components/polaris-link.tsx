import { Link } from '@remix-run/react';
import type { AppProviderProps } from '@shopify/polaris';
import { forwardRef, type ComponentProps } from 'react';

type PolarisLinkProps = ComponentProps<NonNullable<AppProviderProps['linkComponent']>>;

const ABSOLUTE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

/** Polaris' links: inside the app by client navigation, to elsewhere in a window of their own. */
export const PolarisLink = forwardRef<HTMLAnchorElement, PolarisLinkProps>(function PolarisLink(
  { url = '', external = false, target, ref: _legacyRef, children, ...rest },
  ref,
) {
  if (!external && !ABSOLUTE.test(url)) {
    return (
      <Link to={url} ref={ref} {...(target ? { target } : {})} {...rest}>
        {children}
      </Link>
    );
  }
  return (
    <a href={url} ref={ref} target={target ?? '_blank'} rel="noopener noreferrer" {...rest}>
      {children}
    </a>
  );
});

import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';

interface PolarisLinkProps {
  url?: string | undefined;
  external?: boolean | undefined;
  target?: string | undefined;
  children?: ReactNode;
  /** Attributes of the anchor. */
  [attribute: string]: unknown;
}

const ABSOLUTE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

/** Polaris' links: inside the app by client navigation, to elsewhere in a window of their own. */
export function PolarisLink({ url = '', external = false, target, children, ...rest }: PolarisLinkProps) {
  if (!external && !ABSOLUTE.test(url)) {
    return (
      <Link to={url} target={target} {...rest}>
        {children}
      </Link>
    );
  }
  return (
    <a href={url} target={target ?? '_blank'} rel="noopener noreferrer" {...rest}>
      {children}
    </a>
  );
}

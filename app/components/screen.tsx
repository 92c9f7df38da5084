import { TitleBar } from '@shopify/app-bridge-react';
import { Page, type PageProps } from '@shopify/polaris';

/** One screen of the admin: its title stands in Shopify's bar and as the page's heading. */
export function Screen({ title, ...page }: PageProps & { title: string }) {
  return (
    <>
      <TitleBar title={title} />
      <Page title={title} {...page} />
    </>
  );
}

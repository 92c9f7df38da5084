import { TitleBar } from '@shopify/app-bridge-react';
import { Page, type PageProps } from '@shopify/polaris';
import { SectionTabs } from './section-tabs.tsx';

/** One screen of the admin: its title in Shopify's bar and as the page's heading, and below it the sections beside it. */
export function Screen({ title, children, ...page }: PageProps & { title: string }) {
  return (
    <>
      <TitleBar title={title} />
      <Page title={title} {...page}>
        <SectionTabs />
        {children}
      </Page>
    </>
  );
}

import { TitleBar } from '@shopify/app-bridge-react';
import { Page, type PageProps } from '@shopify/polaris';
import { SectionTabs } from './section-tabs.tsx';

interface ScreenProps extends Omit<PageProps, 'backAction'> {
  title: string;
  /** The arrow before the title is read as `content`. */
  backAction?: { content: string; url: string };
}

/** One screen of the admin: its title in Shopify's bar and as the page's heading, and below it the sections beside it. */
export function Screen({ title, children, ...page }: ScreenProps) {
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

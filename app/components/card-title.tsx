import { Text } from '@shopify/polaris';
import type { ReactNode } from 'react';

/** The heading of a card. */
export function CardTitle({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <Text as="h2" variant="headingMd" breakWord {...(id === undefined ? {} : { id })}>
      {children}
    </Text>
  );
}

import { BlockStack, Box, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';

/** What stands where a list would, when there is nothing to list. */
export function EmptyNote({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Box padding="800">
      <BlockStack gap="200" inlineAlign="center">
        <Text as="h2" variant="headingMd" alignment="center">
          {title}
        </Text>
        <Text as="p" tone="subdued" alignment="center">
          {text}
        </Text>
        {children}
      </BlockStack>
    </Box>
  );
}

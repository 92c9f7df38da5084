import { Box, InlineStack } from '@shopify/polaris';
import type { ReactNode } from 'react';

/** Buttons below the cards of a screen; on a phone, where cards go from edge to edge, they keep away from it. */
export function ActionRow({ children }: { children: ReactNode }) {
  return (
    <Box paddingInline={{ xs: '400', sm: '0' }}>
      <InlineStack align="end" gap="200">
        {children}
      </InlineStack>
    </Box>
  );
}

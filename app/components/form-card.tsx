import { BlockStack, Card, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { CardTitle } from './card-title.tsx';
import { FormLayout } from './fields.tsx';

interface FormCardProps {
  title: string;
  /** Below the title, subdued. */
  text?: string;
  children: ReactNode;
}

/** A card of a form: what it is about, and its fields. */
export function FormCard({ title, text, children }: FormCardProps) {
  return (
    <Card>
      <BlockStack gap="400">
        {text === undefined ? (
          <CardTitle>{title}</CardTitle>
        ) : (
          <BlockStack gap="100">
            <CardTitle>{title}</CardTitle>
            <Text as="p" tone="subdued">
              {text}
            </Text>
          </BlockStack>
        )}
        <FormLayout>{children}</FormLayout>
      </BlockStack>
    </Card>
  );
}

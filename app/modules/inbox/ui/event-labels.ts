import { useTranslation } from 'react-i18next';
import { causeOfFailure } from '../rules/failure-cause.ts';
import type { TOPICS } from '../topics.ts';

/** The text of each topic, below `events.topic`. */
export const TOPIC_TEXTS = {
  'orders/paid': 'order_paid',
  'orders/updated': 'order_updated',
  'orders/cancelled': 'order_canceled',
  'orders/fulfilled': 'order_fulfilled',
  'orders/partially_fulfilled': 'order_partly_fulfilled',
  'orders/delete': 'order_deleted',
  'orders/edited': 'order_edited',
  'refunds/create': 'refund',
  'customers/create': 'customer_created',
  'customers/update': 'customer_updated',
  'customers/merge': 'customers_merged',
  'customers/delete': 'customer_deleted',
  'customers_marketing_consent/update': 'sms_consent',
  'customers_email_marketing_consent/update': 'email_consent',
  'customer.tags_added': 'tags_added',
  'customer.tags_removed': 'tags_removed',
  'products/create': 'product_created',
  'products/update': 'product_updated',
  'products/delete': 'product_deleted',
  'customers/data_request': 'data_request',
  'customers/redact': 'customer_redact',
  'shop/redact': 'shop_redact',
  'app/uninstalled': 'uninstalled',
  'app/scopes_update': 'scopes',
} as const satisfies Record<keyof typeof TOPICS, string>;

const TEXTS = new Map<string, (typeof TOPIC_TEXTS)[keyof typeof TOPIC_TEXTS]>(Object.entries(TOPIC_TEXTS));

/** Functions from an event's codes to words: what happened at the store, why it failed, and what to do. */
export function useEventLabels() {
  const { t } = useTranslation();
  return {
    /** "Order paid" */
    topic: (topic: string): string => t(`events.topic.${TEXTS.get(topic) ?? 'other'}`),
    cause: (lastError: string | null): string => t(`events.cause.${causeOfFailure(lastError)}`),
    todo: (lastError: string | null): string => t(`events.todo.${causeOfFailure(lastError)}`),
  };
}

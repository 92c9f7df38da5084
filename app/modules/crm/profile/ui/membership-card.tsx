import { Badge, Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { Standing } from '#app/modules/membership/read-standing.server.ts';
import { useAction } from '#app/components/use-action.ts';

const VIAS = ['shopper', 'staff', 'spend'] as const;

interface MembershipCardProps {
  standing: Standing;
  /** Something is for members only. */
  isForMembers: boolean;
  isActive: boolean;
}

/** Whether the customer is a member, and the way in or out. Who misses nothing by it isn't called "not a member". */
export function MembershipCard({ standing, isForMembers, isActive }: MembershipCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [isLeaving, setIsLeaving] = useState(false);
  const { memberSince } = standing;
  const via = VIAS.find((known) => known === standing.memberVia);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <CardTitle>{t('club.membership')}</CardTitle>
          {memberSince && <Badge tone="success">{t('club.member')}</Badge>}
          {!memberSince && isForMembers && <Badge>{t('club.no_member')}</Badge>}
        </InlineStack>
        {action.errors.form && <Banner tone="critical">{errorOf('form')}</Banner>}
        <Text as="p" tone="subdued">
          {memberSince
            ? [
                t('club.since', { day: format.day(memberSince) }),
                ...(via === undefined ? [] : [t(`club.via.${via}`)]),
              ].join(' · ')
            : t(isForMembers ? 'club.no_member_text' : 'club.no_member_needed')}
        </Text>
        {isActive && (
          <InlineStack>
            {memberSince ? (
              <Button onClick={() => setIsLeaving(true)} disabled={action.isBusy}>
                {t('club.leave')}
              </Button>
            ) : (
              <Button
                loading={action.isBusy}
                onClick={() => action.act({ intent: 'join' }, t('club.joined'))}
              >
                {t('club.join')}
              </Button>
            )}
          </InlineStack>
        )}
      </BlockStack>
      <ConfirmModal
        isOpen={isLeaving}
        title={t('club.leave_title')}
        text={t('club.leave_text')}
        confirm={t('club.leave')}
        isDestructive
        isBusy={action.isBusy}
        onConfirm={() => action.act({ intent: 'leave' }, t('club.left'), () => setIsLeaving(false))}
        onCancel={() => setIsLeaving(false)}
      />
    </Card>
  );
}

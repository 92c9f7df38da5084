import { BlockStack, Button, Card, InlineError, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { moveTier, TIERS_MAX, tiersIn, type TypedTier } from '../membership-form.ts';
import type { MembershipSectionProps } from './membership-form.tsx';
import { TierFields } from './tier-fields.tsx';

const NEW_TIER: TypedTier = { tierId: '', name: '', threshold: '', multiplier: '100', discount: '0' };

/** The ladder of tiers, lowest first: added, changed, moved and removed in the form. */
export function TiersCard({
  draft,
  errorOf,
  inTier,
}: MembershipSectionProps & { inTier: ReadonlyMap<bigint, number> }) {
  const { t } = useTranslation();
  const [removing, setRemoving] = useState<number | null>(null);
  const tiers = tiersIn(draft.values.tiers);
  const write = (next: TypedTier[]) => draft.set('tiers', JSON.stringify(next));
  const remove = (index: number) => write(tiers.filter((_tier, at) => at !== index));
  const customersIn = ({ tierId }: TypedTier) => (tierId === '' ? 0 : (inTier.get(BigInt(tierId)) ?? 0));
  const leaving = removing === null ? undefined : tiers[removing];
  const lower = removing === null ? undefined : tiers[removing - 1];
  const error = errorOf('tiers');
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t('membership.tiers.title')}
          </Text>
          <Text as="p" tone="subdued">
            {t('membership.tiers.text')}
          </Text>
        </BlockStack>
        {tiers.length === 0 ? (
          <Text as="p">{t('membership.tiers.none')}</Text>
        ) : (
          <ol className="bare-list stack">
            {tiers.map((tier, index) => (
              <li key={index} className="tier">
                <TierFields
                  tier={tier}
                  index={index}
                  isLast={index === tiers.length - 1}
                  measure={draft.values.measure}
                  customers={customersIn(tier)}
                  errorOf={errorOf}
                  onChange={(part) =>
                    write(tiers.map((row, at) => (at === index ? { ...row, ...part } : row)))
                  }
                  onMove={(by) => write(moveTier(tiers, index, by))}
                  onRemove={() => (tier.tierId === '' ? remove(index) : setRemoving(index))}
                />
              </li>
            ))}
          </ol>
        )}
        <InlineStack>
          <Button id="tiers" disabled={tiers.length >= TIERS_MAX} onClick={() => write([...tiers, NEW_TIER])}>
            {t('membership.tiers.add')}
          </Button>
        </InlineStack>
        {error && <InlineError fieldID="tiers" message={error} />}
      </BlockStack>
      <ConfirmModal
        isOpen={leaving !== undefined}
        title={t('membership.tiers.remove_title', { name: leaving?.name ?? '' })}
        text={
          lower
            ? t('membership.tiers.remove_text', {
                count: leaving ? customersIn(leaving) : 0,
                tier: lower.name,
              })
            : t('membership.tiers.remove_lowest', { count: leaving ? customersIn(leaving) : 0 })
        }
        confirm={t('membership.tiers.remove')}
        isDestructive
        onConfirm={() => {
          if (removing !== null) remove(removing);
          setRemoving(null);
        }}
        onCancel={() => setRemoving(null)}
      />
    </Card>
  );
}

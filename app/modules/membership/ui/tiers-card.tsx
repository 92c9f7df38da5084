import { Button, InlineError, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useDraftContext } from '#app/components/draft-context.ts';
import { FormCard } from '#app/components/form-card.tsx';
import type { Draft } from '#app/components/use-draft.ts';
import { moveTier, TIERS_MAX, tiersIn, type MembershipValues, type TypedTier } from '../membership-form.ts';
import { TierFields } from './tier-fields.tsx';

const NEW_TIER: TypedTier = { tierId: '', name: '', threshold: '', multiplier: '100', discount: '0' };

interface TiersCardProps {
  draft: Draft<MembershipValues & { intent: string }>;
  inTier: ReadonlyMap<bigint, number>;
  /** Where the customers of a tier are listed. */
  door: (tierId: string, name: string) => string;
}

/** The ladder of tiers, lowest first: added, changed, moved and removed in the form. */
export function TiersCard({ draft, inTier, door }: TiersCardProps) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
  const [removing, setRemoving] = useState<number | null>(null);
  const tiers = tiersIn(draft.values.tiers);
  const write = (next: TypedTier[]) => draft.set('tiers', JSON.stringify(next));
  const remove = (index: number) => write(tiers.filter((_tier, at) => at !== index));
  const customersIn = ({ tierId }: TypedTier) => (tierId === '' ? 0 : (inTier.get(BigInt(tierId)) ?? 0));
  const leaving = removing === null ? undefined : tiers[removing];
  const lower = removing === null ? undefined : tiers[removing - 1];
  const error = errorOf('tiers');
  return (
    <>
      <FormCard title={t('membership.tiers.title')} text={t('membership.tiers.text')}>
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
                  address={tier.tierId === '' ? null : door(tier.tierId, tier.name)}
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
      </FormCard>
      <RemoveTier
        tier={leaving}
        lower={lower}
        customers={leaving ? customersIn(leaving) : 0}
        onConfirm={() => {
          if (removing !== null) remove(removing);
          setRemoving(null);
        }}
        onCancel={() => setRemoving(null)}
      />
    </>
  );
}

interface RemoveTierProps {
  /** Undefined while none is to be removed. */
  tier: TypedTier | undefined;
  /** The tier into which its customers fall. */
  lower: TypedTier | undefined;
  customers: number;
  onConfirm: () => void;
  onCancel: () => void;
}

function RemoveTier({ tier, lower, customers, onConfirm, onCancel }: RemoveTierProps) {
  const { t } = useTranslation();
  return (
    <ConfirmModal
      isOpen={tier !== undefined}
      title={t('membership.tiers.remove_title', { name: tier?.name ?? '' })}
      text={
        lower
          ? t('membership.tiers.remove_text', { count: customers, tier: lower.name })
          : t('membership.tiers.remove_lowest', { count: customers })
      }
      confirm={t('membership.tiers.remove')}
      isDestructive
      onConfirm={onConfirm}
      onCancel={onCancel}
    />
  );
}

import { BlockStack, Button, ButtonGroup, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import type { OfferListView } from '../offer-screens.server.ts';
import type { Offer, OfferGroup, OfferSettings } from '../offers.queries.server.ts';
import type { GroupAsk } from './group-dialogs.tsx';
import { OfferPreview } from './offer-preview.tsx';
import { OfferBadge, useOfferLabels } from './offer-labels.tsx';

const { DraftCheckbox } = draftFields<{ isActive: boolean; includeTax: boolean; includeShipping: boolean }>();

interface OfferListProps {
  view: OfferListView;
  onAsk: (ask: GroupAsk) => void;
}

export function OfferList({ view, onAsk }: OfferListProps) {
  const { t } = useTranslation();
  const { groups, settings, now } = view;
  const offers = groups.flatMap((group) => group.offers);
  return (
    <div className="with-preview">
      <SettingsCard settings={settings} />
      <div className="with-preview-aside">
        <OfferPreview
          offers={offers.filter(({ status }) => status === 'active')}
          isActive={settings.isActive}
          now={now}
        />
      </div>
      <div className="stack">
        {groups.length === 0 && (
          <Card>
            <EmptyNote title={t('offers.empty_title')} text={t('offers.empty_text')}>
              <Button onClick={() => onAsk({ what: 'create' })}>{t('offers.create_group')}</Button>
            </EmptyNote>
          </Card>
        )}
        {groups.map((group) => (
          <GroupCard key={String(group.groupId)} group={group} isClubOn={settings.isActive} onAsk={onAsk} />
        ))}
      </div>
    </div>
  );
}

function SettingsCard({ settings }: { settings: OfferSettings }) {
  const { t } = useTranslation();
  return (
    <DraftForm draft={useDraft({ ...settings })}>
      <FormCard title={t('offers.settings')}>
        <DraftCheckbox name="isActive" label={t('offers.switch')} helpText={t('offers.switch_help')} />
        <BlockStack gap="100">
          <Text as="h3" variant="headingSm">
            {t('offers.counts')}
          </Text>
          <Text as="p" tone="subdued">
            {t('offers.counts_text')}
          </Text>
          <DraftCheckbox name="includeTax" label={t('offers.tax')} />
          <DraftCheckbox name="includeShipping" label={t('offers.shipping')} />
        </BlockStack>
      </FormCard>
    </DraftForm>
  );
}

interface GroupCardProps {
  group: OfferGroup;
  /** The switch for all offers. */
  isClubOn: boolean;
  onAsk: (ask: GroupAsk) => void;
}

function GroupCard({ group, isClubOn, onAsk }: GroupCardProps) {
  const { t } = useTranslation();
  const { name, offers } = group;
  const headingId = `group-${group.groupId}`;
  return (
    <Card>
      <section aria-labelledby={headingId}>
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <CardTitle id={headingId}>{name}</CardTitle>
            <ButtonGroup>
              <Button
                variant="tertiary"
                accessibilityLabel={t('offers.rename_name', { name })}
                onClick={() => onAsk({ what: 'rename', group })}
              >
                {t('offers.rename')}
              </Button>
              <Button
                variant="tertiary"
                tone="critical"
                accessibilityLabel={t('offers.remove_name', { name })}
                onClick={() => onAsk({ what: 'remove', group })}
              >
                {t('offers.remove')}
              </Button>
              <Button
                url={`/app/loyalty/offers/new?group=${group.groupId}`}
                accessibilityLabel={t('offers.create_in', { name })}
              >
                {t('offers.create')}
              </Button>
            </ButtonGroup>
          </InlineStack>
          {offers.length === 0 ? (
            <Text as="p" tone="subdued">
              {t('offers.group_empty')}
            </Text>
          ) : (
            <ul className="bare-list">
              {offers.map((offer) => (
                <OfferLine key={String(offer.offerId)} offer={offer} isClubOn={isClubOn} />
              ))}
            </ul>
          )}
        </BlockStack>
      </section>
    </Card>
  );
}

function OfferLine({ offer, isClubOn }: { offer: Offer; isClubOn: boolean }) {
  const words = useOfferLabels();
  return (
    <li className="ruled offer-line">
      <div>
        <Link url={`/app/loyalty/offers/${offer.offerId}`} removeUnderline monochrome>
          <Text as="span" fontWeight="semibold" breakWord>
            {offer.name}
          </Text>
        </Link>
        <Text as="p" variant="bodySm" tone="subdued">
          {words.usable(offer)}
        </Text>
      </div>
      <div>
        <Text as="p">{words.above(offer)}</Text>
        <Text as="p">{words.gives(offer)}</Text>
      </div>
      <OfferBadge isActive={offer.status === 'active'} isClubOn={isClubOn} />
    </li>
  );
}

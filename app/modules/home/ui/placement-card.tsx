import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Button, Card, Collapsible, Icon, InlineStack, Text } from '@shopify/polaris';
import { CheckCircleIcon } from '@shopify/polaris-icons';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import {
  PLACE_GROUPS,
  placedBlocks,
  type ExtensionInfo,
  type Place,
  type PlaceGroup,
} from '../placements.ts';
import { PICTURES } from './place-pictures.ts';

/**
 * Where the club is shown, with the way to each place that it isn't. `isKnown`: the server has been told that the theme has
 * blocks, and keeps what they show.
 */
export function PlacementCard({ isKnown }: { isKnown: boolean }) {
  const { t } = useTranslation();
  const placement = usePlacement();
  const { extensions } = placement;
  const { submit } = useFetcher();
  const isNews = !isKnown && placedBlocks(knownOf(extensions) ?? []).size > 0;
  useEffect(() => {
    if (isNews) submit({ intent: 'blocks_placed' }, { method: 'post', encType: 'application/json' });
  }, [isNews, submit]);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <CardTitle>{t('home.placement.title')}</CardTitle>
          <Text as="p" tone="subdued">
            {t(extensions === 'unknown' ? 'home.placement.unknown' : 'home.placement.text')}
          </Text>
        </BlockStack>
        {PLACE_GROUPS.map((group) => (
          <Group key={group.key} group={group} placement={placement} />
        ))}
      </BlockStack>
    </Card>
  );
}

interface Placement {
  /** As App Bridge describes them; null until it has said, `unknown` where it can't. */
  extensions: readonly ExtensionInfo[] | 'unknown' | null;
  /** Null on the server, where there is no App Bridge. */
  clientId: string | null;
}

/** The extensions, as far as App Bridge has described them. */
const knownOf = (extensions: Placement['extensions']): readonly ExtensionInfo[] | null =>
  extensions === 'unknown' ? null : extensions;

function usePlacement(): Placement {
  const shopify = useAppBridge();
  const [extensions, setExtensions] = useState<Placement['extensions']>(null);
  const [clientId, setClientId] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    const ask = () =>
      shopify.app.extensions().then(
        (found) => {
          if (!isGone) setExtensions(found);
        },
        () => {
          if (!isGone) setExtensions((before) => knownOf(before) ?? 'unknown');
        },
      );
    setClientId(shopify.config.apiKey);
    void ask();
    // The editor may be open in another tab: who comes back sees what they have placed there.
    const look = () => {
      if (document.visibilityState === 'visible') void ask();
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      isGone = true;
      document.removeEventListener('visibilitychange', look);
    };
  }, [shopify]);
  return { extensions, clientId };
}

interface GroupProps {
  group: PlaceGroup;
  placement: Placement;
}

function Group({ group, placement: { extensions, clientId } }: GroupProps) {
  const { t } = useTranslation();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { key, places } = group;
  const known = knownOf(extensions);
  const done = known ? places.filter((place) => place.isPlaced(known)).length : 0;
  const name = t(`home.placement.groups.${key}`);
  return (
    <BlockStack gap="300">
      <Button
        variant="plain"
        textAlign="start"
        disclosure={isOpen ? 'up' : 'down'}
        ariaExpanded={isOpen}
        ariaControls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        {known ? t('home.placement.group', { name, done, total: places.length }) : name}
      </Button>
      <Collapsible id={id} open={isOpen}>
        <ul className="bare-list stack">
          {places.map((place) => (
            <PlaceLine
              key={place.key}
              place={place}
              isPlaced={known !== null && place.isPlaced(known)}
              clientId={clientId}
            />
          ))}
        </ul>
      </Collapsible>
    </BlockStack>
  );
}

interface PlaceLineProps {
  place: Place;
  isPlaced: boolean;
  clientId: string | null;
}

function PlaceLine({ place, isPlaced, clientId }: PlaceLineProps) {
  const { t } = useTranslation();
  const name = t(`home.placement.places.${place.key}`);
  const address = isPlaced || clientId === null ? null : place.address(clientId);
  return (
    <li className="place">
      <div>
        {isPlaced ? (
          <Icon source={CheckCircleIcon} tone="success" accessibilityLabel={t('home.placement.placed')} />
        ) : (
          <span className="open-step" role="img" aria-label={t('home.placement.missing')} />
        )}
      </div>
      <BlockStack gap="100" inlineAlign="start">
        <Text as="h3" variant="bodyMd" fontWeight="semibold">
          {name}
        </Text>
        <Text as="p" tone="subdued">
          {t(`home.placement.where.${place.key}`)}
        </Text>
        {address !== null && (
          <Button
            variant="plain"
            url={address}
            target="_top"
            accessibilityLabel={t('home.placement.add_named', { name })}
          >
            {t('home.placement.add')}
          </Button>
        )}
      </BlockStack>
      <InlineStack align="end">
        <img
          className="place-picture"
          src={PICTURES[place.key]}
          alt={t('home.placement.picture', { name })}
          width={120}
          height={80}
          loading="lazy"
        />
      </InlineStack>
    </li>
  );
}

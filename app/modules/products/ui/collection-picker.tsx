import { Button, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '#app/components/fields.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { PickableCollection } from '../picker-answer.ts';
import { PickerModal } from './picker-modal.tsx';
import { usePickerList } from './use-picker-list.ts';

/** A collection that was picked; its id is a text of digits. */
export interface PickedCollection {
  collectionId: string;
  title: string;
}

interface CollectionPickerProps {
  label: string;
  onPick: (collections: PickedCollection[]) => void;
}

/** A button that opens a list of the shop's collections to choose from. */
export function CollectionPicker({ label, onPick }: CollectionPickerProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{label}</Button>
      {isOpen && <CollectionModal title={label} onPick={onPick} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function CollectionModal({
  title,
  onPick,
  onClose,
}: {
  title: string;
  onPick: CollectionPickerProps['onPick'];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = usePickerList<PickableCollection>('/app/picker/collections', true);
  const [chosen, setChosen] = useState<ReadonlyMap<string, PickedCollection>>(new Map());
  const toggle = ({ collectionId, title: name }: PickableCollection, isOn: boolean) => {
    const next = new Map(chosen);
    if (isOn) next.set(collectionId, { collectionId, title: name });
    else next.delete(collectionId);
    setChosen(next);
  };
  return (
    <PickerModal
      title={title}
      placeholder={t('products.picker.search_collections')}
      list={list}
      chosen={chosen.size}
      onDone={() => {
        onPick([...chosen.values()]);
        onClose();
      }}
      onClose={onClose}
    >
      <ul className="bare-list">
        {list.items.map((collection) => (
          <li key={collection.collectionId} className="picker-row">
            <Checkbox
              label={collection.title}
              checked={chosen.has(collection.collectionId)}
              onChange={(isOn) => toggle(collection, isOn)}
            />
            <Text as="span" tone="subdued">
              {t('products.picker.count', {
                count: collection.products,
                amount: format.number(collection.products),
              })}
            </Text>
          </li>
        ))}
      </ul>
    </PickerModal>
  );
}

import type { PickedProduct } from './picked-product.ts';
import { Button } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickableProduct } from '../picker-answer.ts';
import { PickerModal } from './picker-modal.tsx';
import { ProductRow } from './product-row.tsx';
import { usePickerList } from './use-picker-list.ts';

interface ProductPickerProps {
  label: string;
  onPick: (products: PickedProduct[]) => void;
  /** Lets single variants be picked besides whole products. */
  allowVariants?: boolean;
  /** True unless said otherwise. */
  allowMultiple?: boolean;
}

/** A button that opens a list of the shop's products to choose from. */
export function ProductPicker({ label, ...rest }: ProductPickerProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{label}</Button>
      {isOpen && <ProductModal title={label} {...rest} onClose={() => setIsOpen(false)} />}
    </>
  );
}

type ProductModalProps = Omit<ProductPickerProps, 'label'> & { title: string; onClose: () => void };

function ProductModal(props: ProductModalProps) {
  const { title, onPick, onClose, allowVariants = false, allowMultiple = true } = props;
  const { t } = useTranslation();
  const list = usePickerList<PickableProduct>('/app/picker/products', true);
  const [chosen, setChosen] = useState<readonly PickedProduct[]>([]);
  const toggle = (picked: PickedProduct, isOn: boolean) => {
    const others = chosen.filter((each) => !isSame(each, picked));
    if (isOn) setChosen(allowMultiple ? [...others, picked] : [picked]);
    else setChosen(others);
  };
  return (
    <PickerModal
      title={title}
      placeholder={t('products.picker.search_products')}
      list={list}
      chosen={chosen.length}
      onDone={() => {
        onPick([...chosen]);
        onClose();
      }}
      onClose={onClose}
    >
      <ul className="bare-list">
        {list.items.map((product) => (
          <ProductRow
            key={product.productId}
            product={product}
            allowVariants={allowVariants}
            allowMultiple={allowMultiple}
            isChosen={(picked) => chosen.some((each) => isSame(each, picked))}
            onToggle={toggle}
          />
        ))}
      </ul>
    </PickerModal>
  );
}

function isSame(a: PickedProduct, b: PickedProduct): boolean {
  return a.productId === b.productId && a.variantId === b.variantId;
}

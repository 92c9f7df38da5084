import { Badge, Box, Button, InlineStack, Spinner, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox, RadioButton } from '#app/components/fields.tsx';
import { readJson } from '#app/components/read-json.ts';
import type { PickableProduct, PickableVariant, VariantsAnswer } from '../picker-answer.ts';
import type { PickedProduct } from './picked-product.ts';
import { ProductThumbnail } from './product-thumbnail.tsx';

interface ProductRowProps {
  product: PickableProduct;
  allowVariants: boolean;
  allowMultiple: boolean;
  isChosen: (picked: PickedProduct) => boolean;
  onToggle: (picked: PickedProduct, isOn: boolean) => void;
}

/** A product to choose, and below it its variants once expanded. */
export function ProductRow({ product, allowVariants, ...choice }: ProductRowProps) {
  const { t } = useTranslation();
  const { productId, title, imageUrl } = product;
  const variants = useVariants(productId);
  return (
    <li className="picker-row">
      <InlineStack gap="300" blockAlign="center" wrap={false}>
        <Choice
          picked={{ productId, variantId: null, title, imageUrl }}
          label={title}
          allowMultiple={choice.allowMultiple}
          isChosen={choice.isChosen}
          onToggle={choice.onToggle}
          picture={<ProductThumbnail imageUrl={imageUrl} />}
        />
        {product.status === 'draft' && <Badge>{t('products.status.draft')}</Badge>}
      </InlineStack>
      {allowVariants && product.hasVariants && (
        <Button
          variant="plain"
          ariaExpanded={variants.state !== 'closed'}
          accessibilityLabel={t('products.picker.variants_of', { title })}
          onClick={variants.toggle}
        >
          {variants.state === 'closed' ? t('products.picker.variants') : t('products.picker.hide_variants')}
        </Button>
      )}
      {variants.state !== 'closed' && (
        <Box width="100%" paddingInlineStart="800" paddingBlockStart="200">
          {variants.state === 'loading' && (
            <Spinner size="small" accessibilityLabel={t('products.picker.loading')} />
          )}
          {variants.state === 'failed' && (
            <Text as="p" tone="critical">
              {t('products.picker.failed')}
            </Text>
          )}
          <ul className="bare-list">
            {variants.items.map(({ variantId, title: name }) => (
              <li key={variantId}>
                <Choice
                  picked={{ productId, variantId, title: `${title} – ${name}`, imageUrl }}
                  label={name}
                  allowMultiple={choice.allowMultiple}
                  isChosen={choice.isChosen}
                  onToggle={choice.onToggle}
                />
              </li>
            ))}
          </ul>
        </Box>
      )}
    </li>
  );
}

interface ChoiceProps extends Pick<ProductRowProps, 'allowMultiple' | 'isChosen' | 'onToggle'> {
  picked: PickedProduct;
  label: string;
  picture?: React.ReactNode;
}

/** One thing to choose; of many (boxes to tick) or as the only one (radio buttons). */
function Choice({ picked, label, picture, allowMultiple, isChosen, onToggle }: ChoiceProps) {
  const checked = isChosen(picked);
  const content = (
    <InlineStack gap="300" blockAlign="center" wrap={false}>
      {picture}
      <Text as="span">{label}</Text>
    </InlineStack>
  );
  const id = `pick-${picked.variantId ?? picked.productId}`;
  return allowMultiple ? (
    <Checkbox id={id} label={content} checked={checked} onChange={(isOn) => onToggle(picked, isOn)} />
  ) : (
    <RadioButton
      id={id}
      name="pick"
      label={content}
      checked={checked}
      onChange={(isOn) => onToggle(picked, isOn)}
    />
  );
}

interface Variants {
  state: 'closed' | 'loading' | 'ready' | 'failed';
  items: readonly PickableVariant[];
  toggle: () => void;
}

/** The variants of a product, read when they are opened. */
function useVariants(productId: string): Variants {
  const [state, setState] = useState<Variants['state']>('closed');
  const [items, setItems] = useState<readonly PickableVariant[]>([]);
  const open = async () => {
    setState('loading');
    const answer = await readJson<VariantsAnswer>(`/app/picker/products?product=${productId}`);
    setItems(answer.ok ? answer.variants : []);
    setState(answer.ok ? 'ready' : 'failed');
  };
  const close = () => {
    setItems([]);
    setState('closed');
  };
  return { state, items, toggle: () => (state === 'closed' ? void open() : close()) };
}

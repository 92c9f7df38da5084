import { ActionList, Box, Button, Popover, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '#app/components/fields.tsx';
import { FAMILIES } from '../../conditions/condition.ts';
import { CONDITIONS, isConditionCode, type ConditionCode } from '../../conditions/registry.ts';

interface ConditionPickerProps {
  label: string;
  isDisabled: boolean;
  isPlain?: boolean;
  onPick: (code: ConditionCode) => void;
}

const CODES = Object.keys(CONDITIONS).filter(isConditionCode);

/** A button that opens the list of all conditions, by family, searched by typing. */
export function ConditionPicker({ label, isDisabled, isPlain = false, onPick }: ConditionPickerProps) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLocaleLowerCase();
  const close = () => {
    setIsOpen(false);
    setTyped('');
  };
  const sections = FAMILIES.map((family) => {
    const title = t(`segments.family.${family}`);
    const items = CODES.filter((code) => CONDITIONS[code].family === family)
      .map((code) => ({ code, content: t(`segments.condition.${code}`) }))
      .filter(({ content }) => `${content} ${title}`.toLocaleLowerCase().includes(wanted))
      .map(({ code, content }) => ({
        content,
        onAction() {
          close();
          onPick(code);
        },
      }));
    return { title, items };
  }).filter(({ items }) => items.length > 0);
  return (
    <Popover
      active={isOpen}
      onClose={close}
      autofocusTarget="first-node"
      preferredAlignment="left"
      activator={
        <Button
          disclosure
          disabled={isDisabled}
          {...(isPlain ? { variant: 'tertiary' } : {})}
          onClick={() => setIsOpen(!isOpen)}
        >
          {label}
        </Button>
      }
    >
      <Popover.Pane fixed>
        <Box padding="200" minWidth="15rem">
          <TextField
            label={t('segments.edit.find')}
            labelHidden
            type="search"
            placeholder={t('segments.edit.find')}
            value={typed}
            onChange={setTyped}
          />
        </Box>
      </Popover.Pane>
      <Popover.Pane>
        {sections.length === 0 ? (
          <Box padding="300">
            <Text as="p">{t('segments.edit.no_condition', { text: typed.trim() })}</Text>
          </Box>
        ) : (
          <ActionList actionRole="menuitem" sections={sections} />
        )}
      </Popover.Pane>
    </Popover>
  );
}

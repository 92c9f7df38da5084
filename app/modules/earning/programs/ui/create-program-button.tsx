import { ActionList, Button, Popover } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PROGRAM_KINDS } from '../../rules/program.ts';

/** Opens the choice of what a new program counts. */
export function CreateProgramButton() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover
      active={isOpen}
      preferredAlignment="right"
      onClose={() => setIsOpen(false)}
      activator={
        <Button variant="primary" disclosure onClick={() => setIsOpen((was) => !was)}>
          {t('programs.create')}
        </Button>
      }
    >
      <ActionList
        actionRole="menuitem"
        items={PROGRAM_KINDS.map((kind) => ({
          content: t(`programs.kind.${kind}`),
          helpText: t(`programs.kind_text.${kind}`),
          url: `/app/loyalty/programs/new?kind=${kind}`,
        }))}
      />
    </Popover>
  );
}

import { BlockStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { figureOf, readFigure, type CostQuestion } from '#app/lib/cost-question.ts';
import { FormDialog } from './dialog.tsx';
import { TextField } from './fields.tsx';
import { useShop } from './shop-context.tsx';
import { useFormat } from './use-format.ts';

interface CostDialogProps {
  question: CostQuestion;
  isBusy: boolean;
  /** With the figure as it is sent to the server; null when the person goes back. */
  onAnswer: (meant: string | null) => void;
}

/** Says what a save would cost, in money, and asks for its figure: a confirmation that has to be meant. */
export function CostDialog({ question, isBusy, onAnswer }: CostDialogProps) {
  const { t, i18n } = useTranslation();
  const { currency } = useShop();
  const [typed, setTyped] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const { title, text, figure } = useQuestionTexts(question);
  return (
    <FormDialog
      title={title}
      action={{
        label: t(question.kind === 'many' ? 'costs.many.confirm' : 'costs.confirm'),
        isDestructive: true,
        isBusy,
        onAction() {
          const meant = readFigure(question, typed, i18n.language, currency);
          if (meant === figureOf(question)) onAnswer(meant);
          else setIsWrong(true);
        },
      }}
      onClose={() => onAnswer(null)}
    >
      <BlockStack gap="400">
        <Text as="p">{text}</Text>
        <TextField
          label={t('costs.type', { figure })}
          value={typed}
          maxLength={40}
          error={isWrong && t('costs.wrong', { figure })}
          onChange={(value) => {
            setTyped(value);
            setIsWrong(false);
          }}
        />
      </BlockStack>
    </FormDialog>
  );
}

function useQuestionTexts(question: CostQuestion): { title: string; text: string; figure: string } {
  const { t } = useTranslation();
  const format = useFormat();
  if (question.kind === 'worth') {
    const { amount, unit, worthMinor, usual } = question;
    const units = format.units(amount, unit);
    const worth = format.money(worthMinor);
    const text =
      usual === null
        ? t('costs.worth.text', { units, worth })
        : t('costs.worth.text_usual', { units, worth, usual: format.units(usual, unit) });
    const figure = unit === 'CREDIT' ? format.moneyInput(amount) : format.number(amount);
    return { title: t('costs.worth.title', { units }), text, figure };
  }
  if (question.kind === 'many') {
    const { customers, worthMinor, large, limitMinor } = question;
    const worth = format.money(worthMinor);
    const all = t('costs.many.text', { count: customers, number: format.number(customers), worth });
    const some = t('costs.many.large', {
      count: large,
      number: format.number(large),
      limit: format.money(limitMinor),
    });
    return {
      title: t('costs.many.title', { worth }),
      text: large > 0 ? `${all} ${some}` : all,
      figure: format.moneyInput(worthMinor),
    };
  }
  const share = format.percent(question.shareBp);
  const figure = format.percentInput(question.shareBp);
  const title = t(`costs.${question.kind}.title`, { share });
  switch (question.kind) {
    case 'order': {
      const order = format.money(question.orderMinor);
      const back = format.money(question.backMinor);
      return { title, text: t('costs.order.text', { order, back, share }), figure };
    }
    case 'reward': {
      const spend = format.money(question.spendMinor);
      const off = format.money(question.offMinor);
      return { title, text: t('costs.reward.text', { spend, off, share }), figure };
    }
    case 'percent_off':
    case 'balance':
      return { title, text: t(`costs.${question.kind}.text`, { share }), figure };
  }
}

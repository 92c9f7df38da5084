import { useTranslation } from 'react-i18next';

interface Named {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
}

/** What a customer is called on screen: the name, else e-mail or phone, else "no name". */
export function useCustomerName(): (customer: Named) => string {
  const { t } = useTranslation();
  return ({ firstName, lastName, email, phone }) => {
    const name = [firstName, lastName].filter((part) => part !== null && part !== '').join(' ');
    return name || email || phone || t('customers.no_name');
  };
}

export { useCustomerName } from '#app/components/customer-name.ts';

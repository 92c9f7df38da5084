/** Complaints about other products, and known faults of Shopify's extension hosts. */
import { testHeldFailures } from '#test/support/held-failures.ts';

testHeldFailures('docs/surface-failures.md', 20);

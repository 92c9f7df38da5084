/** All 23 reports and the list of bad input, each with a test that is there. */
import { testHeldFailures } from '#test/support/held-failures.ts';

testHeldFailures('docs/reseller-failures.md', 35);

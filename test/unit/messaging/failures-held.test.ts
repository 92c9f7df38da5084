/** All 37 reports, each with a test that is there, or what is missing. */
import { testHeldFailures } from '#test/support/held-failures.ts';

testHeldFailures('docs/message-failures.md', 37, 'Open: ');

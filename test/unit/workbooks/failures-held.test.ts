/** All 47 reports, each with a test that is there, or a bench. */
import { testHeldFailures } from '#test/support/held-failures.ts';

testHeldFailures('docs/import-failures.md', 47, 'bench: ');

/** What exceljs has and its types leave out. */
import type { DataValidation } from 'exceljs';

declare module 'exceljs' {
  interface Worksheet {
    dataValidations: { add: (range: string, validation: DataValidation) => void };
  }
}

/** A figure the audit found wrong. */
export interface AuditDifference {
  check: string;
  /** What differs: ids and both figures, as text. */
  subject: string;
  stored: string;
  computed: string;
}

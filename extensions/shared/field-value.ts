interface FieldEvent {
  currentTarget?: unknown;
  target?: unknown;
}

/** The text in a field; the element carries it as `value`, as a native input does. */
export function valueOf(event: FieldEvent): string {
  const field = event.currentTarget ?? event.target;
  if (typeof field !== 'object' || field === null || !('value' in field)) return '';
  return typeof field.value === 'string' ? field.value : '';
}

/** Whether a switch is on. */
export function checkedOf(event: FieldEvent): boolean {
  const field = event.currentTarget ?? event.target;
  return typeof field === 'object' && field !== null && 'checked' in field && field.checked === true;
}

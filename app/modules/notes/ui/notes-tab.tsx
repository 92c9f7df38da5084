export function NotesTab(_props: object) {
  return null;
}

export function PhotosTab(_props: object) {
  return null;
}

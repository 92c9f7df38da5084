/** The namespace that `$app` resolves to: the app's own, which no other app can write. */
export const APP_NAMESPACE = 'app--700100200300';

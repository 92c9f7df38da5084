/** The namespace that `$app` stands for: the app's own, which no other app can write. */
export const APP_NAMESPACE = 'app--700100200300';

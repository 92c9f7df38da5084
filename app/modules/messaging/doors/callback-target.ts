/** The channel that a callback is about, as its address says and its signature proves. */
export interface CallbackTarget {
  shopId: bigint;
  channelId: bigint;
}

/** Settings of the shop that decide which customers are new, regular or lapsed (F22-F24), in days. */

export interface LifecycleSettings {
  /** F22: first ordered within this number of days. */
  newDays: number;
  /** F23: ordered again within this number of days of the previous order, and still does. */
  regularDays: number;
  /** F24: at least this number of orders, and none within `lapsedDays`. */
  lapsedOrders: number;
  lapsedDays: number;
}

/** The defaults. 2 orders and 90 days come from the source's own example. The columns' defaults are the same. */
export const DEFAULT_LIFECYCLE: LifecycleSettings = {
  newDays: 30,
  regularDays: 90,
  lapsedOrders: 2,
  lapsedDays: 90,
};

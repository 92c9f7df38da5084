/** A discount over lines, none with more than it is worth. */
export function spread(take: number, lines: readonly { price: number; quantity: number }[]): number[] {
  let left = take;
  return lines.map(({ price, quantity }) => {
    const here = Math.min(left, price * quantity);
    left -= here;
    return here;
  });
}

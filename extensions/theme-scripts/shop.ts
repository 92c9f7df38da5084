/** What several parts need, in an asset of its own: the club through the proxy, the cart, and the way between them. */
export { readUnits, unitsProblem, worthOf } from './amounts.ts';
export { draw, h, type Child } from './dom.ts';
export { createApi, type Api } from './api.ts';
export { isApplied, linkOf, readCart, type Cart } from './cart.ts';
export { apply, redeem, undo, type Outcome, type RedeemParts } from './redeem.ts';
export { loadTexts, wordsOf, type Texts, type Words } from './texts.ts';

import type { Sandbox } from '../../sandbox.ts';
import type { Router } from '../../router.ts';
import type { Product } from '../../state.ts';
import { UnknownError } from '../../world.ts';

/** One drawing for each type of product, 400 x 400, in light strokes and surfaces; emoji look different everywhere. */
const DRAWINGS: Record<string, string> = {
  Coffee:
    '<path d="M110 170h150v70a60 60 0 0 1-60 60h-30a60 60 0 0 1-60-60z"/><path class="l" d="M260 185h22a30 30 0 0 1 0 60h-24"/><path class="l" d="M150 140c-12-16 12-24 0-42M186 140c-12-16 12-24 0-42M222 140c-12-16 12-24 0-42"/><path class="l" d="M100 322h170"/>',
  Tea: '<path d="M120 190h160l-14 80a50 50 0 0 1-49 41h-34a50 50 0 0 1-49-41z"/><path class="l" d="M200 190v-62"/><path class="s" d="M200 130c0-34 24-52 62-54-2 38-24 56-62 54z"/><path class="s" d="M196 148c-4-26-24-38-52-38 4 28 22 42 52 38z"/>',
  Food: '<rect x="135" y="130" width="130" height="180" rx="26"/><rect class="s" x="128" y="96" width="144" height="40" rx="10"/><path class="d" d="M172 258c44 6 62-22 58-60 16 44-8 92-58 60z"/>',
  Apparel:
    '<path d="M150 100l-62 40 24 54 28-14v122h120V180l28 14 24-54-62-40c-8 26-92 26-100 0z"/><path class="d" d="M160 220l20 20-20 20-20-20zM200 220l20 20-20 20-20-20zM240 220l20 20-20 20-20-20z"/>',
  Bags: '<path d="M110 170h180l16 136a16 16 0 0 1-16 18H110a16 16 0 0 1-16-18z"/><path class="l" d="M150 190v-40a50 50 0 0 1 100 0v40"/><path class="d2" d="M108 220h184M102 262h196M150 214v104M200 214v104M250 214v104"/>',
  Shoes:
    '<path d="M92 250c40 2 70-20 100-52 12 26 40 42 96 52 22 4 28 20 24 42H96c-10-14-10-30-4-42z"/><path class="l" d="M128 240l34 44M164 216l36 50"/><path class="l" d="M92 304h222"/>',
  Textile:
    '<rect x="106" y="116" width="188" height="168" rx="8"/><path class="d2" d="M106 152l24-24 24 24 24-24 24 24 24-24 24 24 24-24 20 22M106 200l24-24 24 24 24-24 24 24 24-24 24 24 24-24 20 22M106 248l24-24 24 24 24-24 24 24 24-24 24 24 24-24 20 22"/><path class="l" d="M120 290v24M150 290v24M180 290v24M210 290v24M240 290v24M270 290v24"/>',
  'Gift Cards':
    '<rect x="86" y="138" width="228" height="140" rx="16"/><path class="d2" d="M86 196h228M162 138v140"/><path class="l" d="M162 138c-40-4-50-46-20-48 18 0 20 26 20 48 0-22 4-48 22-48 28 2 18 44-22 48z"/>',
};

const STYLE =
  '<style>*{fill:#fff;fill-opacity:.88}.l{fill:none;stroke:#fff;stroke-opacity:.88;stroke-width:11;stroke-linecap:round;stroke-linejoin:round}' +
  '.s{fill-opacity:.6}.d{fill:#000;fill-opacity:.22}.d2{fill:none;stroke:#000;stroke-opacity:.18;stroke-width:8}</style>';

/** A picture of a product as an inline SVG data URL: no file and no network. */
export function productPicture(product: Product): string {
  return `data:image/svg+xml,${encodeURIComponent(drawPicture(product))}`;
}

/** Where the sandbox serves the picture of a product, as Shopify's CDN does. */
export function productPicturePath(shop: string, product: Product): string {
  return `/cdn/${shop}/products/${product.id}.svg`;
}

/** Registers the addresses that `productPicturePath` gives. */
export function registerProductPictures(router: Router, { world }: Sandbox): void {
  router.add('GET', '/cdn/:shop/products/:file', (exchange) => {
    const { shop = '', file = '' } = exchange.params;
    const product = world.findProduct(shop, file.replace(/\.svg$/, ''));
    if (!product) throw new UnknownError(`no picture ${file} in ${shop}`);
    exchange.sendText(200, drawPicture(product), 'image/svg+xml', { 'cache-control': 'max-age=3600' });
  });
}

function drawPicture(product: Product): string {
  const drawing = DRAWINGS[product.productType] ?? DRAWINGS['Gift Cards'];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">${STYLE}` +
    `<rect width="400" height="400" style="fill:${product.image.colour};fill-opacity:1"/>${drawing}</svg>`
  );
}

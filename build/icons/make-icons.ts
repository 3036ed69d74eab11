// Draws the icons of lyssna.svg in the formats that the three systems want. Run by hand when the picture changes:
// `node build/icons/make-icons.ts`. Needs a Chromium.
import { readFile, writeFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import { findChromium } from "../../tests/stand-in/find-chromium.ts";

const beside = (name: string) => new URL(name, import.meta.url);

/** Sides in pixels, and what an icns calls a PNG of that side (Apple Icon Image format). */
const icnsTypes = new Map([
  [128, "ic07"],
  [256, "ic08"],
  [512, "ic09"],
  [1024, "ic10"],
]);
const icoSides = [16, 24, 32, 48, 64, 128, 256];
const pngSide = 1024;

const executablePath = findChromium();
if (executablePath === null) throw new Error("the icons are drawn by a Chromium, and there is none here");
const browser = await chromium.launch({ executablePath });
try {
  const picture = (await readFile(beside("lyssna.svg"), "utf8")).replace("<svg", '<svg width="100%" height="100%"');
  const draw = async (side: number): Promise<Buffer> => {
    const page = await browser.newPage({ viewport: { width: side, height: side } });
    await page.setContent(`<body style="margin:0;display:flex;background:transparent">${picture}</body>`);
    const png = await page.screenshot({ omitBackground: true });
    await page.close();
    return png;
  };
  const sides = [...new Set([...icoSides, ...icnsTypes.keys(), pngSide])];
  const drawn = new Map<number, Buffer>();
  for (const side of sides) drawn.set(side, await draw(side));
  const of = (side: number) => drawn.get(side) ?? Buffer.alloc(0);
  await writeFile(beside("icon.png"), of(pngSide));
  await writeFile(beside("icon.ico"), ico(icoSides.map((side) => ({ side, png: of(side) }))));
  await writeFile(beside("icon.icns"), icns([...icnsTypes].map(([side, type]) => ({ type, png: of(side) }))));
} finally {
  await browser.close();
}

/** A directory of sixteen bytes an image, then the images as PNG, as Windows has read them since Vista. */
function ico(images: readonly { readonly side: number; readonly png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  for (const [at, { side, png }] of images.entries()) {
    const entry = 6 + 16 * at;
    // 256 is written as 0.
    head.writeUInt8(side % 256, entry);
    head.writeUInt8(side % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** Elements of a type, their length with these eight bytes, and a PNG. */
function icns(images: readonly { readonly type: string; readonly png: Buffer }[]): Buffer {
  const elements = images.map(({ type, png }) => {
    const head = Buffer.alloc(8);
    head.write(type, "latin1");
    head.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([head, png]);
  });
  const body = Buffer.concat(elements);
  const head = Buffer.alloc(8);
  head.write("icns", "latin1");
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

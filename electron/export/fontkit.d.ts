// The part of fontkit that the PDF needs: which signs a font can show.
declare module "fontkit" {
  interface Font {
    hasGlyphForCodePoint(codePoint: number): boolean;
  }
  function create(bytes: Uint8Array): Font;
}

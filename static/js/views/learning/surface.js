// A canvas as sharp as the screen, and pictures of levels for it: small images kept between frames and only filled anew.
// Everything is drawn in units of the page; the ratio of the screen stays in here.

/** @param {HTMLCanvasElement} canvas */
export function createSurface(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let [width, height, ratio] = [0, 0, 1];
  return {
    context,
    size: () => ({ width, height }),
    /** @param {number} newWidth @param {number} newHeight */
    resize(newWidth, newHeight) {
      const newRatio = globalThis.devicePixelRatio || 1;
      if (newWidth === width && newHeight === height && newRatio === ratio) return false;
      [width, height, ratio] = [newWidth, newHeight, newRatio];
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      return true;
    },
    begin() {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.globalAlpha = 1;
      context.setLineDash([]);
    },
    ratio: () => ratio,
  };
}

/** @typedef {ReturnType<typeof createSurface>} Surface */

/**
 * A picture of one pixel a level, made once and filled again and again.
 * @param {number} columns
 * @param {number} rows
 * @param {HTMLCanvasElement} [canvas] one that stands in the page; else one to draw from
 */
export function createPicture(columns, rows, canvas = document.createElement("canvas")) {
  [canvas.width, canvas.height] = [columns, rows];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  return {
    canvas, columns, rows,
    /** @param {(pixels: Uint32Array) => void} paint */
    fill(paint) {
      paint(pixels);
      context.putImageData(image, 0, 0);
    },
    /**
     * The levels stand on the nodes of a grid whose ends are the edges of the box, so half a pixel is left out all round.
     * @param {CanvasRenderingContext2D} on
     * @param {number} x @param {number} y @param {number} width @param {number} height
     */
    drawNodes(on, x, y, width, height) {
      on.imageSmoothingEnabled = true;
      on.drawImage(canvas, 0.5, 0.5, columns - 1, rows - 1, x, y, width, height);
    },
  };
}

/** @typedef {ReturnType<typeof createPicture>} Picture */

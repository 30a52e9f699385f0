import { fileURLToPath } from 'node:url';

import type { Pictures } from '#ports/pictures.ts';
import { PortError } from '#ports/port-error.ts';

import { chartSvg } from './chart-svg.ts';

const SCALE = 2;

/**
 * The port `Pictures` by sharp, which is loaded with the first picture. Its text comes from our own
 * font, so that a picture looks the same on a machine without any.
 */
export function createPictures(): Pictures {
  return {
    async chart(chart) {
      try {
        process.env['FONTCONFIG_FILE'] ??= fileURLToPath(
          new URL('./font/fonts.conf', import.meta.url),
        );
        const { default: sharp } = await import('sharp');
        const svg = Buffer.from(chartSvg(chart));
        return await sharp(svg, { density: 72 * SCALE })
          .png({ palette: true, colours: 128 })
          .toBuffer();
      } catch (error) {
        throw new PortError('pictures.failed', 'The chart could not be drawn.', {
          retry: false,
          cause: error,
        });
      }
    },
  };
}

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import decodeQR from 'qr/decode.js'

/** A page as the printer would get it. */
export interface Printed {
  pages: number
  /** The text of the code on each page, read from a raster; undefined where none is to be seen. */
  codes: (string | undefined)[]
}

/**
 * Prints what is on the screen to PDF, counts its pages and reads the code on each out of a picture of it, as a
 * phone would: at 150 dpi, in grey. Without poppler, out of a picture of the page laid out for print.
 */
export async function readPrinted(page: Page): Promise<Printed> {
  await page.emulateMedia({ media: 'print', colorScheme: 'light' })
  const pdf = await page.pdf({ preferCSSPageSize: true })
  const pages = [...pdf.toString('latin1').matchAll(/\/Type\s*\/Page\b(?!s)/g)].length
  const codes = existsSync('/usr/bin/pdftoppm')
    ? await codesOfPdf(pdf)
    : [decode(greyOfPixels(await pixelsOfPage(page)))]
  await page.emulateMedia({ media: 'screen' })
  return { pages, codes }
}

interface Grey {
  width: number
  height: number
  /** One byte a pixel. */
  data: Uint8Array
}

async function codesOfPdf(pdf: Uint8Array): Promise<(string | undefined)[]> {
  const folder = await mkdtemp(join(tmpdir(), 'planb-print-'))
  try {
    await writeFile(join(folder, 'it.pdf'), pdf)
    const drawn = spawnSync('pdftoppm', [
      '-r',
      '150',
      '-gray',
      join(folder, 'it.pdf'),
      join(folder, 'p'),
    ])
    if (drawn.status !== 0) throw new Error(String(drawn.stderr))
    const pictures = (await readdir(folder)).filter((name) => name.endsWith('.pgm')).sort()
    return await Promise.all(
      pictures.map(async (name) => decode(greyOfPgm(await readFile(join(folder, name))))),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** `P5 <width> <height> 255` and the pixels. */
function greyOfPgm(bytes: Uint8Array): Grey {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(
    Buffer.from(bytes.subarray(0, 40)).toString('latin1'),
  )
  if (!head) throw new Error('no PGM')
  return {
    width: Number(head[1]),
    height: Number(head[2]),
    data: bytes.subarray(head[0].length),
  }
}

async function pixelsOfPage(
  page: Page,
): Promise<{ width: number; height: number; data: number[] }> {
  const picture = await page.screenshot({ fullPage: true })
  return await page.evaluate(async (base64) => {
    const blob = await (await fetch(`data:image/png;base64,${base64}`)).blob()
    const bitmap = await createImageBitmap(blob)
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')!
    context.drawImage(bitmap, 0, 0)
    const { width, height, data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    return { width, height, data: [...data] }
  }, picture.toString('base64'))
}

function greyOfPixels({
  width,
  height,
  data,
}: {
  width: number
  height: number
  data: number[]
}): Grey {
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height }, (_, at) => data[at * 4]!),
  }
}

function decode({ width, height, data }: Grey): string | undefined {
  const rgb = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at++) rgb.fill(data[at]!, at * 3, at * 3 + 3)
  try {
    return decodeQR({ width, height, data: rgb })
  } catch {
    return undefined
  }
}

/**
 * The words on each page of what is printed, in the order they are read; undefined without poppler, where only
 * a picture could be had.
 */
export async function readPrintedText(page: Page): Promise<string[] | undefined> {
  if (!existsSync('/usr/bin/pdftotext')) return undefined
  await page.emulateMedia({ media: 'print', colorScheme: 'light' })
  const pdf = await page.pdf({ preferCSSPageSize: true })
  await page.emulateMedia({ media: 'screen' })
  const folder = await mkdtemp(join(tmpdir(), 'planb-print-'))
  try {
    const path = join(folder, 'it.pdf')
    await writeFile(path, pdf)
    const read = spawnSync('pdftotext', ['-enc', 'UTF-8', path, '-'], { encoding: 'utf8' })
    if (read.status !== 0) throw new Error(read.stderr)
    // Each page ends with a form feed.
    return read.stdout.split('\f').slice(0, -1)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Reads QR codes out of pictures and camera frames, by the browser where it can, else by `qr`. */
export interface CodeReader {
  /** The text of a code in the picture; undefined when there is none to be seen. */
  read(picture: ImageBitmap | HTMLVideoElement): Promise<string | undefined>
}

interface NativeDetector {
  detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]>
}
type NativeDetectorClass = {
  new (options: { formats: string[] }): NativeDetector
  getSupportedFormats(): Promise<string[]>
}

/** Larger pictures are shrunk: a code fills a good part of the picture anyway. In pixels. */
const longestSide = 1400

/** Makes a reader. Loads the decoder only where the browser has none (iOS, Firefox). */
export async function createCodeReader(): Promise<CodeReader> {
  return (await nativeReader()) ?? (await ownReader())
}

async function nativeReader(): Promise<CodeReader | undefined> {
  const Detector = (globalThis as { BarcodeDetector?: NativeDetectorClass }).BarcodeDetector
  if (Detector === undefined) return undefined
  try {
    if (!(await Detector.getSupportedFormats()).includes('qr_code')) return undefined
    const detector = new Detector({ formats: ['qr_code'] })
    return { read: async (picture) => (await detector.detect(picture))[0]?.rawValue }
  } catch {
    return undefined
  }
}

async function ownReader(): Promise<CodeReader> {
  const { default: decode } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return {
    read: (picture) => {
      const [width, height] =
        picture instanceof HTMLVideoElement
          ? [picture.videoWidth, picture.videoHeight]
          : [picture.width, picture.height]
      if (context === null || width === 0) return Promise.resolve(undefined)
      const scale = Math.min(1, longestSide / Math.max(width, height))
      canvas.width = Math.round(width * scale)
      canvas.height = Math.round(height * scale)
      context.drawImage(picture, 0, 0, canvas.width, canvas.height)
      try {
        return Promise.resolve(decode(context.getImageData(0, 0, canvas.width, canvas.height)))
      } catch {
        // The decoder throws where there is no code: with a camera that is most frames.
        return Promise.resolve(undefined)
      }
    },
  }
}

/** Reads the code in a photo. Undefined when there is none or the file is no picture. */
export async function readPhoto(file: Blob): Promise<string | undefined> {
  try {
    const picture = await createImageBitmap(file)
    const reader = await createCodeReader()
    return (await reader.read(picture)) ?? (await (await ownReader()).read(picture))
  } catch {
    return undefined
  }
}

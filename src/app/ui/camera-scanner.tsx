import { useEffect, useRef } from 'react'
import { useTranslation } from './translation.tsx'
import { createCodeReader } from './scan-code.ts'

/** The camera's picture until a code is seen. The camera is let go when this leaves the page. */
export function CameraScanner(props: {
  onFound: (text: string) => void
  onFailed: () => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const handlers = useRef(props)
  useEffect(() => {
    handlers.current = props
  })
  useEffect(() => {
    let isOver = false
    let stream: MediaStream | undefined
    const run = async () => {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: 'environment', width: { ideal: 1280 } },
        audio: false,
      })
      const element = video.current
      if (isOver || element === null) return
      element.srcObject = stream
      await element.play()
      const reader = await createCodeReader()
      while (!isOver) {
        const text = element.readyState >= 2 ? await reader.read(element) : undefined
        if (isOver) return
        if (text !== undefined) return handlers.current.onFound(text)
        await new Promise((resolve) => setTimeout(resolve, 120))
      }
    }
    run()
      .catch(() => {
        if (!isOver) handlers.current.onFailed()
      })
      .finally(() => stream?.getTracks().forEach((track) => track.stop()))
    return () => {
      isOver = true
      stream?.getTracks().forEach((track) => track.stop())
    }
  }, [])
  return (
    <div className="scanner">
      <video ref={video} playsInline muted aria-label={t('join.scanHelp')} />
      <p>{t('join.scanHelp')}</p>
      <button type="button" className="button is-wide" onClick={props.onClose}>
        {t('join.scanStop')}
      </button>
    </div>
  )
}

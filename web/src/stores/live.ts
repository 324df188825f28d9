import { defineStore } from 'pinia'
import { onScopeDispose, ref } from 'vue'
import { api, must } from '@/api/client'
import { debounced } from '@/lib/debounce'

const retry = 15_000 // ms, when the stream was refused and the browser will not come back by itself

/** The stream of changes: what is on the screen is read again when the API says that something changed. */
export const useLive = defineStore('live', () => {
  const unread = ref(0)
  const connected = ref(true)
  const listeners = new Set<() => void>()
  let stream: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const tell = debounced(() => listeners.forEach((f) => f()), 400)

  function open() {
    if (stream || typeof EventSource === 'undefined') return
    stream = new EventSource('/api/v1/events')
    stream.onopen = () => (connected.value = true)
    stream.onerror = () => {
      connected.value = false
      if (stream?.readyState !== EventSource.CLOSED) return
      close()
      timer = setTimeout(open, retry)
    }
    stream.addEventListener('changed', () => tell())
    stream.addEventListener('notice', () => {
      void count()
      tell()
    })
  }

  // Browsers allow six connections to a server without HTTP/2: only the window that is looked at holds one open for this.
  let wanted = false
  document.addEventListener('visibilitychange', () => {
    if (!wanted) return
    if (document.hidden) return close()
    open()
    tell()
  })
  function start() {
    wanted = true
    if (!document.hidden) open()
  }
  function stop() {
    wanted = false
    close()
  }

  function close() {
    clearTimeout(timer)
    stream?.close()
    stream = undefined
  }

  async function count() {
    const counts = await must(api.GET('/tasks/counts')).catch(() => undefined) // the bell can wait for the next change
    if (counts) unread.value = counts.unread_notices
  }

  /** onChanged calls f after changes, for as long as the page is shown. */
  function onChanged(f: () => void) {
    listeners.add(f)
    onScopeDispose(() => listeners.delete(f))
  }
  return { unread, connected, start, stop, onChanged, tell }
})

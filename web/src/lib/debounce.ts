/** debounced runs f once the calls have paused for that long. */
export function debounced<A extends unknown[]>(f: (...a: A) => void, ms: number): ((...a: A) => void) & { cancel: () => void; flush: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last: A | undefined
  const run = () => {
    timer = undefined
    if (last) f(...last)
    last = undefined
  }
  const out = (...a: A) => {
    last = a
    clearTimeout(timer)
    timer = setTimeout(run, ms)
  }
  return Object.assign(out, {
    cancel: () => {
      clearTimeout(timer)
      last = undefined
    },
    flush: () => {
      if (last) {
        clearTimeout(timer)
        run()
      }
    },
  })
}

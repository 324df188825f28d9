import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { asProblem, isAbort, type Problem } from '@/api/problem'

export interface Load<T> {
  data: ShallowRef<T | undefined>
  problem: ShallowRef<Problem | undefined>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/** useLoad reads something for a page. A later read wins over an earlier one, and what is on the screen stays until it is replaced. */
export function useLoad<T>(read: (signal: AbortSignal) => Promise<T>, options: { lazy?: boolean } = {}): Load<T> {
  const data = shallowRef<T>()
  const problem = shallowRef<Problem>()
  const loading = ref(false)
  let current: AbortController | undefined
  async function reload() {
    current?.abort()
    const mine = (current = new AbortController())
    loading.value = true
    try {
      const value = await read(mine.signal)
      if (mine !== current) return
      data.value = value
      problem.value = undefined
    } catch (e) {
      if (mine === current && !isAbort(e)) problem.value = asProblem(e)
    } finally {
      if (mine === current) loading.value = false
    }
  }
  onScopeDispose(() => current?.abort())
  if (!options.lazy) void reload()
  return { data, problem, loading, reload }
}

export interface Page<T> { items: T[]; next?: string }

/** usePages reads a list page by page; what was read stays on the screen while more is read. */
export function usePages<T>(read: (after: string | undefined, signal: AbortSignal) => Promise<Page<T>>, options: { lazy?: boolean } = {}) {
  const items = shallowRef<T[]>([])
  const next = ref<string>()
  const more = ref(false)
  const first = useLoad(async (signal) => {
    const page = await read(undefined, signal)
    items.value = page.items
    next.value = page.next
    return page
  }, options)
  async function readOn() {
    if (!next.value || more.value) return
    more.value = true
    try {
      const page = await read(next.value, new AbortController().signal)
      items.value = [...items.value, ...page.items]
      next.value = page.next
    } catch (e) {
      first.problem.value = asProblem(e)
    } finally {
      more.value = false
    }
  }
  return { items, next, more, readOn, problem: first.problem, loading: first.loading, loaded: first.data, reload: first.reload }
}
